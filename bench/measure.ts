/** Runs workloads against the running product and makes rows of figures of them. */
import { Api } from './api.ts'
import { checks } from './checks.ts'
import type { DataSet } from './data.ts'
import { type Figures, NO_CPU_FIGURES, metersOver } from './figures.ts'
import type { Floors, Pace } from './floors.ts'
import { send } from './http-request.ts'
import { type Measured, type Source, drive } from './load.ts'
import type { Picks } from './picks.ts'
import type { Imported, Product } from './product.ts'
import type { Row } from './report.ts'
import { readBundle, resourcesIn } from './synthea.ts'
import type { Workload } from './workloads.ts'

/** seconds; bounds loads that end when their requests do */
const LONGEST = 600

async function driveProduct(
  product: Product,
  source: Source,
  pace: { connections: number; warmUp: number; seconds: number },
  countOf: (measured: Measured) => number = ({ requests }) => requests,
): Promise<Figures> {
  const meters = metersOver(() => product.cpu())
  const measured = await drive(source, { ...pace, port: product.port, atEdges: meters.read })
  const count = countOf(measured)
  const { p50, p95, p99, bytes, seconds } = measured
  return { connections: pace.connections, perSecond: count / seconds, p50, p95, p99, bytes, ...meters.per(count) }
}

/** @param floors those of this run, at the same numbers of connections */
export async function measureWorkload(
  workload: Workload,
  product: Product,
  picks: Picks,
  pace: Pace,
  floors: Floors,
): Promise<Row> {
  const figures: Figures[] = []
  const api = new Api(product.port, product.base)
  for (const connections of pace.connections) {
    const source = await workload.source({ picks, api, base: product.base, connections })
    const measure = () => driveProduct(product, source, { ...pace, connections })
    figures.push(await product.profiler.during(`${workload.name} ${connections}`, measure))
  }
  const { name, form, atLeast, share, peers } = workload
  return { name, form, unit: 'requests', figures, floor: floors[workload.floor], atLeast, share, peers }
}

export const importRow = ({ resources, perSecond, cpu }: Imported, copied: number): Row => ({
  name: 'lanh import of patient bundles',
  form: 'lanh import FOLDER',
  unit: 'resources',
  figures: [{ ...NOTHING, perSecond, serverCpu: cpu / resources }],
  floor: [{ ...NOTHING, perSecond: copied }],
  atLeast: 4000,
  peers: '',
})

const NOTHING: Figures = {
  connections: 1,
  perSecond: NaN,
  p50: NaN,
  p95: NaN,
  p99: NaN,
  ...NO_CPU_FIGURES,
  bytes: NaN,
}

/** Sends each slice once over its number of connections, the first one only to warm up. */
export async function measureTransactions(
  product: Product,
  { sent }: DataSet,
  connections: readonly number[],
  copied: number,
): Promise<Row> {
  const [warmUp = [], ...slices] = sent
  await sendAll(product, warmUp, 1)
  const figures: Figures[] = []
  for (const [i, slice] of slices.entries()) figures.push(await sendAll(product, slice, connections[i] ?? 1))
  return {
    name: 'the same as HTTP transactions',
    form: 'POST Bundle of one patient',
    unit: 'resources',
    figures,
    floor: figures.map(({ connections: each }) => ({ ...NOTHING, connections: each, perSecond: copied })),
    atLeast: 2500,
    peers: '150-170',
  }
}

function sendAll(product: Product, files: readonly string[], connections: number): Promise<Figures> {
  const bundles = files.map(readBundle)
  const resources = bundles.reduce((sum, bundle) => sum + resourcesIn(bundle), 0)
  const requests = bundles.map((bundle) => ({
    bytes: send('POST', product.base, bundle),
    check: checks.created(resourcesIn(bundle)),
  }))
  const source: Source = { status: 200, next: () => requests.shift() ?? null }
  return driveProduct(product, source, { connections, warmUp: 0, seconds: LONGEST }, () => resources)
}

/** `npm run bench`: the figures of this machine's floors and of the running product, in one table. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { destroyDatabase } from '#foundation/database'
import { Api } from './api.ts'
import { addCallers } from './callers.ts'
import { ROOT } from './child.ts'
import { type DataSet, chooseData } from './data.ts'
import { type Floors, type Pace, measureFloors } from './floors.ts'
import { insuranceReport } from './insurance.ts'
import { importRow, measureTransactions, measureWorkload } from './measure.ts'
import { callAs } from './http-request.ts'
import { HELP, type Options, readOptions } from './options.ts'
import { type Picks, pick } from './picks.ts'
import { type Imported, type Product, importFiles, withProduct } from './product.ts'
import { type Row, figuresTable, growthTable, machine, shareTable, verdictTable } from './report.ts'
import { WORKLOADS, type Workload } from './workloads.ts'

const log = (line: string): void => console.error(line)

/** One measurement of everything at one size of the data. */
interface Round {
  readonly rows: readonly Row[]
  readonly resources: number
  /** MB */
  readonly memory: { readonly server: number; readonly import: number }
}

const chosen = ({ only }: Options): readonly Workload[] =>
  WORKLOADS.filter(({ name }) => only.length === 0 || only.some((text) => name.toLowerCase().includes(text)))

async function measureAll(
  product: Product,
  options: Options,
  pace: Pace,
  floors: Floors,
  signIn: () => Promise<void> = () => Promise.resolve(),
): Promise<readonly Row[]> {
  const api = new Api(product.port, product.base)
  await product.tidy()
  await signIn()
  log('choosing what to ask for …')
  const picks = await pick(api)
  log(describe(picks))
  const rows: Row[] = []
  for (const workload of chosen(options)) {
    // A token is good for five minutes.
    await signIn()
    rows.push(await measureWorkload(workload, product, picks, pace, floors))
    log(figuresTable(rows.slice(-1)).split('\n').slice(2).join('\n'))
  }
  return rows
}

function describe({ patientsLoaded, long, short, wholeCharts }: Picks): string {
  const mean = (counts: readonly number[]): string =>
    (counts.reduce((sum, count) => sum + count, 0) / Math.max(counts.length, 1)).toFixed(0)
  return [
    `${patientsLoaded} patients`,
    `sorted search: ${long.length} series of ${mean(long.map(({ count }) => Math.min(count, 50)))} results on average`,
    `_include, chain: ${mean(short.map(({ count }) => count))} results`,
    `$everything: ${wholeCharts.length} charts of ${mean(wholeCharts.map(({ resources }) => resources))} resources`,
  ].join(' · ')
}

async function firstRound(folder: string, data: DataSet, options: Options, floors: Floors, pace: Pace): Promise<Round> {
  const hospital = join(folder, 'hospital')
  log('lanh import …')
  const imported = await importFiles(hospital, data.imported)
  return withProduct({ data: hospital, profile: options.profile }, async (product) => {
    log('HTTP transactions …')
    const transactions = await measureTransactions(product, data, pace.connections, floors.copy)
    const first = [importRow(imported, floors.copy), transactions]
    log(figuresTable(first))
    const rows = [...first, ...(await measureAll(product, options, pace, floors))]
    return roundOf(rows, imported, product)
  })
}

async function grownRound(folder: string, data: DataSet, options: Options, floors: Floors, pace: Pace): Promise<Round> {
  const hospital = join(folder, 'hospital')
  log(`importing ${options.scale - 1} times as much again …`)
  const imported = await importFiles(hospital, [data.grow(options.scale - 1, join(folder, 'copies'))])
  rmSync(join(folder, 'copies'), { recursive: true })
  return withProduct({ data: hospital }, async (product) => {
    const rows = [importRow(imported, floors.copy), ...(await measureAll(product, options, pace, floors))]
    return roundOf(rows, imported, product)
  })
}

/** The same data with sign-in: every request has a token, is decided about, and is told of in the audit log. */
async function signedRound(folder: string, options: Options, floors: Floors, pace: Pace): Promise<readonly Row[]> {
  const hospital = join(folder, 'hospital')
  log('with sign-in, policies and audit …')
  const callers = await addCallers(hospital, join(folder, 'callers'))
  return withProduct({ data: hospital, auth: true, profile: options.profile }, async (product) => {
    const signIn = async () => callAs(await callers.tokens(product.port))
    return measureAll(product, options, pace, floors, signIn).finally(() => callAs([]))
  })
}

const roundOf = (rows: readonly Row[], { resources, peakMemory }: Imported, product: Product): Round => ({
  rows,
  resources,
  memory: { server: product.peakMemory(), import: peakMemory },
})

const memoryLine = ({ memory }: Round): string =>
  `App memory at its peak: ${memory.server.toFixed(0)} MB (expected: under 400 MB; peers 500 MB); lanh import: ${memory.import.toFixed(0)} MB.`

function report(
  floors: Floors,
  data: DataSet,
  rounds: readonly Round[],
  scale: number,
  signed: readonly Row[],
): string {
  const [small, large] = rounds
  if (!small) return ''
  const floorRows: readonly Row[] = [
    { name: 'bare Fastify route, one prepared select of 2 KB', figures: floors.route },
    { name: 'bare durable insert of 2 KB', figures: floors.insert },
  ].map((row) => ({ ...row, form: '', unit: 'requests', floor: [], atLeast: 0, peers: '' }))
  const parts = [
    machine(floors.database),
    `Data: ${data.name}. fsync, full_page_writes and synchronous_commit are on; the load generator runs on the same machine.`,
    figuresTable(floorRows),
    `COPY of 2 KB rows: ${Math.round(floors.copy).toLocaleString('en-US')} rows/s.`,
    figuresTable(small.rows),
    verdictTable(small.rows),
    memoryLine(small),
  ]
  if (large)
    parts.push(
      `With ${scale} times the data:`,
      figuresTable(large.rows),
      growthTable(small.rows, large.rows),
      memoryLine(large),
    )
  if (signed.length > 0)
    parts.push('With sign-in, policies and audit:', figuresTable(signed), shareTable(small.rows, signed))
  return parts.join('\n\n')
}

async function bench(options: Options, folder: string): Promise<string> {
  const { connections, seconds } = options
  const pace: Pace = { connections, seconds, warmUp: Math.min(1, seconds / 2) }
  if (options.insurance !== null) return benchInsurance(options.insurance, folder, pace)
  const data = chooseData(
    { imported: options.bundles, perSlice: 20, slices: connections.length },
    join(folder, 'bundles'),
  )
  log('measuring the floors …')
  const floors = await measureFloors(folder, pace, log)
  const rounds = [await firstRound(folder, data, options, floors, pace)]
  if (options.scale > 1) rounds.push(await grownRound(folder, data, options, floors, pace))
  const signed = options.auth ? await signedRound(folder, options, floors, pace) : []
  return report(floors, data, rounds, options.scale, signed)
}

async function benchInsurance(count: number, folder: string, pace: Pace): Promise<string> {
  log('measuring the floors …')
  const floors = await measureFloors(folder, pace, log)
  return `${machine(floors.database)}\n\n${await insuranceReport(folder, count, floors, log)}`
}

/** Databases first: ours may lie elsewhere when PostgreSQL's user cannot enter this folder. */
async function cleanUp(folder: string): Promise<void> {
  for (const name of ['floors', 'hospital']) await destroyDatabase(join(folder, name))
  rmSync(folder, { recursive: true, force: true })
}

async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2))
  if (!options) return console.log(HELP)
  // On the disk of the product's own data: a temporary folder in memory would make every write look fast.
  mkdirSync(join(ROOT, 'var'), { recursive: true })
  const folder = mkdtempSync(join(ROOT, 'var', 'bench-'))
  // The children end by the same signal; what we wait for then fails and everything is cleaned up.
  process.on('SIGINT', () => log('ending …'))
  try {
    const text = await bench(options, folder)
    console.log(text)
    if (options.write && options.insurance === null)
      writeFileSync(join(ROOT, 'docs/benchmarks.md'), `# Benchmarks\n\n${text}\n`)
  } finally {
    await cleanUp(folder)
  }
}

await main()

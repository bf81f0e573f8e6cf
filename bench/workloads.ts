/**
 * The workloads, one row each: what is asked, what a right answer is, and what is expected of the product. Those that
 * change data come last.
 */
import { checks } from './checks.ts'
import type { FloorName } from './floors.ts'
import { get, send } from './http-request.ts'
import type { Request, Source } from './load.ts'
import type { Series } from './picks.ts'
import type { Setting } from './setting.ts'
import { newObservations, updatedObservations } from './written.ts'

export interface Workload {
  readonly name: string
  /** an example of the request, for the reader of the table */
  readonly form: string
  /** at least so many per second; 0 when only the share of the floor is asked */
  readonly atLeast: number
  /** at least this share of the floor's rate at the same number of connections */
  readonly share?: number
  readonly floor: FloorName
  /** the best comparable TypeScript server, measured on such a machine, per second */
  readonly peers: string
  source(setting: Setting): Source | Promise<Source>
}

/** Sends the prepared requests in turn, whichever connection asks. */
function inTurn(requests: readonly Request[], status = 200): Source {
  if (requests.length === 0) throw new Error('the loaded data have nothing that fits this workload')
  let k = 0
  return { status, next: () => requests[k++ % requests.length] ?? null }
}

const searches = <T>(
  things: readonly T[],
  base: string,
  path: (thing: T) => string,
  check: (thing: T) => (body: string) => string | null,
): Source => inTurn(things.map((thing) => ({ bytes: get(`${base}/${path(thing)}`), check: check(thing) })))

const value = encodeURIComponent
const ofSeries = ({ patient, code }: Series): string => `Observation?patient=${patient}&code=${value(code)}`
const lower = (text: string): string => value(text.slice(0, 5).toLowerCase())

function batches({ picks, base }: Setting): Source {
  const size = 20
  const requests = Array.from({ length: Math.floor(picks.references.length / size) }, (_, i) => {
    const urls = picks.references.slice(i * size, i * size + size)
    const entry = urls.map((url) => ({ request: { method: 'GET', url } }))
    const bytes = send('POST', base, JSON.stringify({ resourceType: 'Bundle', type: 'batch', entry }))
    return { bytes, check: checks.batch(urls) }
  })
  return inTurn(requests)
}

export const WORKLOADS: readonly Workload[] = [
  {
    name: 'read by id',
    form: 'GET Observation/…, any of 16 types',
    atLeast: 8000,
    share: 0.7,
    floor: 'route',
    peers: '1,130-1,450',
    source: ({ picks: { references }, base }) => searches(references, base, (reference) => reference, checks.resource),
  },
  {
    name: 'Observation by patient, code, date, sorted',
    form: 'Observation?patient=&code=&date=ge…&_sort=-date&_count=50',
    atLeast: 4000,
    floor: 'route',
    peers: '710',
    source: ({ picks: { long }, base }) =>
      searches(
        long,
        base,
        (series) => `${ofSeries(series)}&date=ge${series.firstDay}&_sort=-date&_count=50`,
        checks.newestFirst,
      ),
  },
  {
    name: 'Patient by name, folded',
    form: 'Patient?name=micah&name=schin&_count=20',
    atLeast: 2500,
    floor: 'route',
    peers: '300',
    source: ({ picks: { names }, base }) =>
      searches(
        names,
        base,
        ({ given, family }) => `Patient?name=${lower(given)}&name=${lower(family)}&_count=20`,
        checks.hasPatient,
      ),
  },
  {
    name: '_include',
    form: 'Observation?patient=&code=&_include=Observation:encounter&_count=10',
    atLeast: 2500,
    floor: 'route',
    peers: '290-710',
    source: ({ picks: { short }, base }) =>
      searches(
        short,
        base,
        (series) => `${ofSeries(series)}&_include=Observation:encounter&_count=10`,
        checks.withIncludes,
      ),
  },
  {
    name: '_revinclude',
    form: 'Encounter?_id=&_revinclude=Observation:encounter',
    atLeast: 2500,
    floor: 'route',
    peers: '290-710',
    source: ({ picks: { encounters }, base }) =>
      searches(
        encounters,
        base,
        ({ id }) => `Encounter?_id=${id}&_revinclude=Observation:encounter`,
        ({ observations }) => checks.entries(1 + observations),
      ),
  },
  {
    name: 'chain',
    form: 'Observation?patient.identifier=system|value&code=&_count=10',
    atLeast: 2500,
    floor: 'route',
    peers: '290-710',
    source: ({ picks: { short }, base }) =>
      searches(
        short,
        base,
        ({ identifier, code }) => `Observation?patient.identifier=${value(identifier)}&code=${value(code)}&_count=10`,
        ({ count }) => checks.entries(count),
      ),
  },
  {
    name: '_has',
    form: 'Patient?_has:Condition:patient:code=system|code&_count=10',
    atLeast: 2500,
    floor: 'route',
    peers: '290-710',
    source: ({ picks: { conditionCodes }, base }) =>
      searches(
        conditionCodes,
        base,
        (code) => `Patient?_has:Condition:patient:code=${value(code)}&_count=10`,
        () => checks.patients(2, 10),
      ),
  },
  {
    name: 'batch of 20 reads',
    form: 'POST Bundle of 20 GET',
    atLeast: 1000,
    floor: 'route',
    peers: '170-217',
    source: batches,
  },
  {
    name: '$everything, about 300 resources',
    form: 'Patient/…/$everything?_count=1000',
    atLeast: 200,
    floor: 'route',
    peers: '18',
    source: ({ picks: { wholeCharts }, base }) =>
      searches(
        wholeCharts,
        base,
        ({ id }) => `Patient/${id}/$everything?_count=1000`,
        ({ resources }) => checks.entries(resources),
      ),
  },
  {
    name: 'create Observation',
    form: 'POST Observation',
    atLeast: 0,
    share: 0.4,
    floor: 'insert',
    peers: '210-275',
    source: newObservations,
  },
  {
    name: 'update with If-Match',
    form: 'PUT Observation/…, If-Match: W/"n"',
    atLeast: 1500,
    floor: 'insert',
    peers: '160-190',
    source: updatedObservations,
  },
]

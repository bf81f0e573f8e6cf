/** How long a request can wait, known from its first line: nothing of it has been read or asked yet. */
import type { FastifyRequest } from 'fastify'

/** `vital` is always answered, `usual` while the server is busy, `can-wait` only while it is not. */
export type Urgency = 'vital' | 'usual' | 'can-wait'

type Asked = Pick<FastifyRequest, 'method' | 'url' | 'headers'>

interface Row {
  readonly method?: RegExp
  /** of the address without its query */
  readonly path: RegExp
  readonly query?: RegExp
  readonly urgency: Urgency
}

/** The screens ask for a chart by a batch of reads; what is imported is longer. */
const LARGEST_USUAL_BUNDLE = 16 * 1024

const READ = /^(?:GET|HEAD)$/

/** The first row that fits holds; what none fits is usual. */
const ROWS: readonly Row[] = [
  // one record by its id, one version of it, and the timeline of one patient
  { method: READ, path: /^\/fhir\/R4\/[A-Z]\w*\/[A-Za-z0-9.-]+(?:\/_history\/\w+)?\/?$/, urgency: 'vital' },
  { method: READ, path: /^\/fhir\/R4\/Patient\/[A-Za-z0-9.-]+\/\$timeline$/, urgency: 'vital' },
  { method: READ, path: /^\/fhir\/R4\/(?:metadata|\.well-known\/.*)$/, urgency: 'vital' },
  // signing in, and opening a record in an emergency
  { path: /^\/sign-in(?:\/|$)/, urgency: 'vital' },
  { path: /^\/access\/(?:reasons|break-glass(?:\/end)?)$/, urgency: 'vital' },
  { path: /^\/oauth(?:\/|$)/, urgency: 'usual' },
  // what is looked for in one patient's record; the rest of the searches, histories and whole records
  {
    method: READ,
    path: /^\/fhir\/R4\/[A-Z]\w*\/?$/,
    query: /(?:^|&)(?:patient|subject)(?:[:.][\w:.-]+)?=./,
    urgency: 'usual',
  },
  { method: READ, path: /^\/fhir\/R4\/Patient\/[A-Za-z0-9.-]+\/[A-Z]\w*\/?$/, urgency: 'usual' },
  { method: READ, path: /^\/fhir\/R4(?:\/.*)?$/, urgency: 'can-wait' },
  { path: /^\/fhir\/R4\/(?:.*\/)?(?:_search|\$everything|\$export|\$import|_history)\/?$/, urgency: 'can-wait' },
  // whoever arrives shows a card; dossiers of insurance are due by the day, not by the second
  { path: /^\/insurance\/(?:card-look-ups|check-ins)(?:\/|$)/, urgency: 'usual' },
  { path: /^\/insurance(?:\/|$)/, urgency: 'can-wait' },
  { path: /^\/(?:audit|administration)(?:\/|$)/, urgency: 'can-wait' },
  // the screens themselves
  { method: READ, path: /./, urgency: 'vital' },
]

const BUNDLE = /^\/fhir\/R4\/?$/

export function urgencyOf({ method, url, headers }: Asked): Urgency {
  const mark = url.indexOf('?')
  const path = mark < 0 ? url : url.slice(0, mark)
  const query = mark < 0 ? '' : url.slice(mark + 1)
  if (method === 'POST' && BUNDLE.test(path)) return ofBundle(headers['content-length'])
  const fits = (row: Row) =>
    (row.method?.test(method) ?? true) && row.path.test(path) && (row.query?.test(query) ?? true)
  return ROWS.find(fits)?.urgency ?? 'usual'
}

/** One whose length is not said before may be of any. */
const ofBundle = (length: string | undefined): Urgency =>
  Number(length ?? Number.POSITIVE_INFINITY) <= LARGEST_USUAL_BUNDLE ? 'usual' : 'can-wait'

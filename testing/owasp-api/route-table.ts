import { DEMO_ROLES, type DemoRole } from '#testing/whole-hospital'

/** `everybody`: no session is needed · `signed-in`: any session of a person · otherwise the roles that come in. */
export type Who = 'everybody' | 'signed-in' | readonly DemoRole[]

export interface Row {
  /** `METHOD /path`, or how its routes begin when it ends with `…` */
  readonly route: string
  readonly who: Who
  /** what a request sends that gets as far as the question of who sends it */
  readonly body?: object
  /** why it may be what it is, where that is not said by its name */
  readonly why?: string
}

const DESK = ['insurance', 'records'] as const
const DESK_LOOKS = [...DESK, 'director'] as const
const COUNTER = [...DESK, 'reception'] as const
const LOG = ['auditor', 'privacy'] as const
const PAST_THE_DOOR = 'the policy decides for each record, see the access matrix'

/** Every route of the server, and who comes in. The first row that fits holds; a route that none fits fails the test. */
export const ROUTE_TABLE: readonly Row[] = [
  { route: 'GET /*', who: 'everybody', why: 'the files of the screens, which hold no data' },
  { route: 'GET /.well-known/oauth-authorization-server/oauth', who: 'everybody' },

  { route: 'GET /access/policy', who: ['administrator', 'privacy', 'auditor', 'director'] },
  {
    route: 'POST /access/simulate',
    who: ['administrator', 'privacy'],
    body: { roles: ['doctor'], type: 'Patient', act: 'read' },
  },
  { route: 'GET /access/policy/document', who: ['administrator', 'privacy'] },
  { route: 'POST /access/policy/adopt', who: ['administrator'] },
  { route: 'POST /access/grants', who: ['records', 'director'] },
  { route: 'POST /access/grants/end', who: ['records', 'director'] },
  { route: 'POST /access/grants/list', who: ['records', 'director', 'privacy'] },
  { route: 'POST /access/break-glass/list', who: ['privacy'] },
  { route: 'POST /access/break-glass/review', who: ['privacy'] },
  { route: 'POST /access/…', who: 'signed-in', why: 'the policy decides for each patient' },
  { route: 'GET /access/…', who: 'signed-in', why: 'reasons to choose from, and what one opened oneself' },

  { route: 'GET /administration/…', who: ['administrator'] },
  { route: 'POST /administration/…', who: ['administrator'] },

  { route: 'GET /audit/status', who: LOG },
  { route: 'POST /audit/search', who: LOG },
  {
    route: 'POST /audit/opened',
    who: LOG,
    body: { patient: 'Patient/nobody' },
    why: 'a patient comes in for their own record',
  },

  { route: 'GET /fhir/R4/.well-known/smart-configuration', who: 'everybody' },
  ...['GET', 'POST', 'PUT', 'PATCH', 'DELETE'].map((method): Row => ({
    route: `${method} /fhir/R4…`,
    who: 'signed-in',
    why: PAST_THE_DOOR,
  })),

  { route: 'POST /insurance/card-look-ups…', who: COUNTER },
  { route: 'POST /insurance/check-ins…', who: COUNTER },
  { route: 'POST /insurance/dossiers/search', who: DESK_LOOKS },
  { route: 'GET /insurance/…', who: DESK_LOOKS },
  ...['POST', 'PUT', 'DELETE'].map((method): Row => ({ route: `${method} /insurance/…`, who: DESK })),

  { route: 'GET /oauth/clients', who: ['administrator'] },
  { route: 'POST /oauth/clients…', who: ['administrator'] },
  { route: 'GET /oauth/apps', who: 'signed-in' },
  { route: 'GET /oauth/grants', who: 'signed-in' },
  { route: 'POST /oauth/grants/end', who: 'signed-in' },
  { route: 'POST /oauth/launch', who: 'signed-in' },
  { route: 'GET /oauth/…', who: 'everybody', why: 'OAuth itself, which asks for sign-in on its own page' },
  { route: 'POST /oauth/…', who: 'everybody', why: 'OAuth itself; the client proves who it is' },

  { route: 'GET /sign-in/account', who: 'signed-in' },
  { route: 'POST /sign-in/account/…', who: 'signed-in' },
  { route: 'POST /sign-in/confirm', who: 'signed-in' },
  { route: 'POST /sign-in/confirm/passkey', who: 'signed-in', body: { response: { id: 'x', response: {} } } },
  { route: 'GET /sign-in/…', who: 'everybody' },
  { route: 'POST /sign-in/…', who: 'everybody', why: 'the ways in; tries are counted' },
]

const fits = (row: Row, route: string): boolean =>
  row.route.endsWith('…') ? route.startsWith(row.route.slice(0, -1)) : row.route === route

export const rowOf = (route: string): Row | undefined => ROUTE_TABLE.find((row) => fits(row, route))

export const rolesOf = (who: Who): readonly DemoRole[] =>
  who === 'everybody' || who === 'signed-in' ? DEMO_ROLES : who

/** Opens an app from a chart: a single-use name for who, whom and which app, given to the app by way of the browser. */
import { randomBytes } from 'node:crypto'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import type { Reader } from '#foundation/access-control'
import { findClient } from './clients.ts'
import type { Items } from './items.ts'
import { refusal } from './refusals.ts'
import type { Launch } from './smart-request.ts'
import type { OAuthOptions } from './types.ts'

/** seconds */
const LIFE = 300

const isReference = (value: unknown, type: string): value is string =>
  typeof value === 'string' && new RegExp(`^${type}/[A-Za-z0-9.-]{1,64}$`).test(value)

/**
 * @param wish `{client, patient?, encounter?}` as the screen sent it
 * @returns where the browser goes: the app's address with `iss` and `launch`
 */
export async function makeLaunch(
  items: Items,
  wish: unknown,
  reader: Reader,
  { base, describePatient }: Pick<OAuthOptions, 'base' | 'describePatient'>,
): Promise<Outcome<{ url: string }>> {
  const { client, patient = null, encounter = null } = (wish ?? {}) as Readonly<Record<string, unknown>>
  const isWhole =
    typeof client === 'string' &&
    (patient === null || isReference(patient, 'Patient')) &&
    (encounter === null || isReference(encounter, 'Encounter'))
  if (!isWhole || reader.account === null) return refuse([refusal('OAUTH-8')])
  const app = await findClient(items, client)
  if (!app) return refuse([refusal('OAUTH-6')])
  if (app.launch === null || !app.scopes.includes('launch')) return refuse([refusal('OAUTH-7')])
  if (patient !== null && !(await mayOpen(reader, patient, describePatient))) return refuse([refusal('OAUTH-5')])
  const id = randomBytes(32).toString('base64url')
  const launch: Launch = { client, patient, encounter, account: reader.account, until: Date.now() + LIFE * 1000 }
  await items.put({ kind: 'Launch', id, payload: { ...launch }, client, lifetime: LIFE })
  const url = new URL(app.launch)
  url.searchParams.set('iss', base)
  url.searchParams.set('launch', id)
  return accept({ url: url.href })
}

/** Whether this patient is one the reader may open an app on. */
export async function mayOpen(
  reader: Reader,
  patient: string,
  describe: OAuthOptions['describePatient'],
): Promise<boolean> {
  if (reader.patients !== null && !reader.patients.includes(patient)) return false
  return describe === undefined || (await describe(reader, patient)) !== null
}

/** What the server writes for its engineers: enough to find a fault, nothing of a patient, of a secret or of a session. */
import pg from 'pg'
import { expect, test } from 'vitest'
import { wholeHospital } from '#testing/whole-hospital'

const hospital = wholeHospital()

const SECRETS = ['Nguyễn Thị Bí Mật', '079199000123', 'mật khẩu của tôi', 'eyJhbGciOiJub25lIn0']

/** Nobody gets a connection any more, and those there are end. */
async function loseDatabase(): Promise<void> {
  const { admin } = hospital.database
  const client = new pg.Client({ ...admin, database: 'postgres' })
  await client.connect()
  await client.query(`alter database ${String(admin.database)} with allow_connections false`)
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where datname = $1', [admin.database])
  await client.end()
}

test('what was asked, typed and answered stands in no line, also when something breaks', async () => {
  const fhir = { 'content-type': 'application/fhir+json' }
  const [name, number, password, token] = SECRETS as [string, string, string, string]
  await hospital.put({ resourceType: 'Patient', id: 'bi-mat', name: [{ text: name }] })
  await hospital.ask('reception', 'GET', `/fhir/R4/Patient?name=${encodeURIComponent(name)}`)
  await hospital.ask('reception', 'GET', `/fhir/R4/Patient?identifier=${number}&_sort=nothing`)
  await hospital.ask(
    'doctor',
    'POST',
    '/fhir/R4/Patient',
    { resourceType: 'Patient', name: [{ text: name }], x: number },
    fhir,
  )
  await hospital.ask(null, 'POST', '/sign-in/password', { name, password })
  await hospital.ask(null, 'GET', '/fhir/R4/Patient', undefined, { authorization: `Bearer ${token}.e30.x` })
  // The database is gone: the fault is logged, the value that it was about is not.
  await loseDatabase()
  const broken = await hospital.ask(
    'reception',
    'POST',
    '/fhir/R4/Patient/_search',
    `name=${encodeURIComponent(name)}`,
    {
      'content-type': 'application/x-www-form-urlencoded',
    },
  )
  expect(broken.status).toBeGreaterThanOrEqual(500)
  expect(broken.text).not.toMatch(/node_modules|\.ts:|select |pg|pool/i)
  const lines = hospital.logged.join('')
  for (const secret of [...SECRETS, encodeURIComponent(name), 'lanh-session=', 'bi-mat'])
    expect(lines).not.toContain(secret)
})

test('a line is one JSON object with its time and its level, whatever a request put into it', async () => {
  await hospital.ask(null, 'GET', '/fhir/R4/x%0A%7B%22level%22%3A60%7D')
  expect(hospital.logged.length).toBeGreaterThan(0)
  for (const line of hospital.logged) {
    expect(line.trimEnd()).not.toContain('\n')
    expect(JSON.parse(line)).toMatchObject({ level: expect.any(Number), time: expect.any(Number) })
  }
})

test('without its database the server lets nobody in and says nothing', async () => {
  for (const [role, url] of [
    [null, '/fhir/R4/Patient/bi-mat'],
    ['doctor', '/fhir/R4/Patient/bi-mat'],
    ['insurance', '/insurance/doubtful-joins'],
  ] as const) {
    const { status, text } = await hospital.ask(role, 'GET', url)
    expect([url, status >= 400]).toEqual([url, true])
    expect(text).not.toContain('Bí Mật')
  }
})

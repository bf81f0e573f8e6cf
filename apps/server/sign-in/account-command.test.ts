import { randomBytes } from 'node:crypto'
import type pg from 'pg'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createAccount, findLink, keySealer, openSignIn, type SignIn } from '#foundation/sign-in'
import { lanh } from '#testing/command-line'
import { databaseForTest, type TestDatabase } from '#testing/postgres'

let database: TestDatabase
let signIn: SignIn

const urlOf = ({ user, password, host, port, database: name }: pg.ClientConfig): string =>
  `postgres://${user}:${encodeURIComponent(String(password))}@${encodeURIComponent(String(host))}:${port}/${name}`

const account = (...words: string[]) => lanh(['account', ...words], { DATABASE_URL: urlOf(database.admin) })

beforeAll(async () => {
  database = await databaseForTest()
  signIn = openSignIn(database.connection, { sealer: keySealer(randomBytes(32)) })
})
afterAll(() => signIn.close())

test('accounts are listed, closed, opened and given a link at the console; all of it is audited', async () => {
  expect((await account('list')).out).toContain('There are no accounts yet')
  for (const [name, role] of [
    ['quan.tri', 'administrator'],
    ['le.van', 'doctor'],
  ] as const) {
    const roles = [{ role, scope: null, since: new Date(), until: null }]
    await createAccount(signIn, { name, display: 'Lê Văn', agent: `Practitioner/${name}`, roles, way: 'password' })
  }
  expect((await account('list')).out).toBe(
    'le.van\tnew\tdoctor\tnever used\nquan.tri\tnew\tadministrator\tnever used\n',
  )
  expect(await account('disable', 'le.van')).toMatchObject({ code: 0, out: 'le.van is disabled and signed out\n' })
  expect(await account('disable', 'quan.tri')).toMatchObject({ code: 2 })
  expect((await account('list')).out).toContain('le.van\tdisabled')
  expect(await account('enable', 'LE.VAN')).toMatchObject({ code: 0 })
  expect(await account('link', 'nobody')).toMatchObject({
    code: 2,
    err: expect.stringContaining('nobody has that login'),
  })

  const { out } = await account('link', 'quan.tri')
  const token = /http:\/\/localhost:8080\/sign-in\/link#([\w-]{43})/.exec(out)?.[1] ?? ''
  expect(await findLink(signIn, token)).toMatchObject({ ok: true, value: { account: { name: 'quan.tri' } } })
  expect(await signIn.query('select from password', [])).toHaveLength(1)

  const acts = await signIn.query<{ statement: string }>(
    `select statement from (select set_config('lanh.reader', '1|-1', false)) s, audit_event order by seq`,
    [],
  )
  const said = acts.map(({ statement }) => statement)
  expect(said).toHaveLength(3)
  expect(said.join()).not.toContain(token)
}, 120_000)

import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { destroyDatabase } from '#foundation/database'
import { lanh, type Running, runLanh } from '#testing/command-line'

let folder: string
let running: Running | null = null

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-start-'))
})
afterAll(async () => {
  running?.child.kill('SIGKILL')
  await running?.ended
  await destroyDatabase(folder)
  for (const left of [folder, `${folder}-audit-heads`]) await rm(left, { recursive: true, force: true })
})

async function start(): Promise<string> {
  running = runLanh(['start', '--no-auth', '--port', '0', '--data', folder])
  const [, address] = await running.says(/ready: (\S+)/)
  return `${address}/fhir/R4`
}

async function end(signal: NodeJS.Signals): Promise<unknown> {
  running?.child.kill(signal)
  const how = await running?.ended
  running = null
  return how
}

/** Process number of our PostgreSQL, null when none runs. */
async function postmaster(): Promise<number | null> {
  const { data } = JSON.parse(await readFile(join(folder, 'database.json'), 'utf8'))
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => '')
  return Number(text.split('\n')[0]) || null
}

async function killPostgres(): Promise<number> {
  const pid = await postmaster()
  if (pid === null) throw new Error('no PostgreSQL runs')
  process.kill(pid, 'SIGKILL')
  return pid
}

const headers = { 'content-type': 'application/fhir+json' }
const put = (fhir: string, id: string): Promise<Response> =>
  fetch(`${fhir}/Basic/${id}`, {
    method: 'PUT',
    headers,
    body: JSON.stringify({ resourceType: 'Basic', id, code: { text: 'thử' } }),
  })
const statusOf = async (fhir: string, id: string): Promise<number> => (await fetch(`${fhir}/Basic/${id}`)).status

test('it starts, serves, and ends cleanly with PostgreSQL', async () => {
  const fhir = await start()
  expect((await put(fhir, 'first')).status).toBe(201)
  expect(await end('SIGINT')).toBe(0)
  expect(await postmaster()).toBeNull()
})

test('a second one on the same folder is refused, and the first goes on', async () => {
  const fhir = await start()
  const { code, err } = await lanh(['start', '--port', '0', '--data', folder])
  expect(code).toBe(1)
  expect(err).toMatch(/^lanh: .* is in use by another lanh \(process \d+\)[^\n]*\n$/)
  expect(await statusOf(fhir, 'first')).toBe(200)
})

test('a command works beside it as a guest', async () => {
  const { code, out } = await lanh(['reindex', '--data', folder])
  expect(out).toContain('1 resources are indexed anew')
  expect(code).toBe(0)
})

test('PostgreSQL is killed: it is started again and the server goes on', async () => {
  const fhir = await address()
  const killed = await killPostgres()
  await expect
    .poll(
      () =>
        put(fhir, 'second').then(
          ({ status }) => status,
          () => 0,
        ),
      { timeout: 20_000 },
    )
    .toBe(201)
  expect(await postmaster()).not.toBe(killed)
})

test('the app is killed: the next start finds everything, soon', async () => {
  await end('SIGKILL')
  expect(await postmaster()).not.toBeNull()
  const began = performance.now()
  const fhir = await start()
  // Five seconds on a machine that does nothing else.
  expect(performance.now() - began).toBeLessThan(15_000)
  expect(await statusOf(fhir, 'first')).toBe(200)
  expect(await statusOf(fhir, 'second')).toBe(200)
})

test('both are killed: the next start recovers', async () => {
  running?.child.kill('SIGKILL')
  await killPostgres()
  await running?.ended
  const fhir = await start()
  expect(await statusOf(fhir, 'second')).toBe(200)
})

test('ending it while it starts leaves nothing running', async () => {
  await end('SIGTERM')
  running = runLanh(['start', '--port', '0', '--data', folder])
  await running.says(/Starting PostgreSQL/)
  expect(await end('SIGTERM')).toBe(0)
  expect(await postmaster()).toBeNull()
})

test('with sign-in nobody gets in without, the console names the way, and a killed PostgreSQL is outlived', async () => {
  running = runLanh(['start', '--port', '0', '--data', folder])
  const [, origin] = await running.says(/ready: (\S+)/)
  const [, link] = await running.says(/(\/sign-in\/link#\S{40,})/)
  const session = async () => (await fetch(`${origin}/sign-in/session`)).json() as Promise<{ state: string }>
  expect(await session()).toMatchObject({ state: 'nobody', firstStart: true, demo: false })
  expect((await fetch(`${origin}/fhir/R4/Basic/first`)).status).toBe(401)
  expect((await fetch(`${origin}/insurance/imports`)).status).toBe(401)
  expect((await fetch(`${origin}/fhir/R4/metadata`)).status).toBe(200)
  const known = await fetch(`${origin}/sign-in/link`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ token: link?.split('#')[1] }),
  })
  expect(await known.json()).toMatchObject({ kind: 'first' })
  await killPostgres()
  await expect
    .poll(
      () =>
        session().then(
          ({ state }) => state,
          () => '',
        ),
      { timeout: 20_000 },
    )
    .toBe('nobody')
  expect(await end('SIGTERM')).toBe(0)
})

const address = async (): Promise<string> => `${(await running?.says(/ready: (\S+)/))?.[1]}/fhir/R4`

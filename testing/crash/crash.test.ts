import { chmod, mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { destroyDatabase } from '#foundation/database'
import { type Running, runLanh } from '#testing/command-line'
import { type Acknowledged, missing, write } from './writers.ts'

const CRASHES = Number(process.env['LANH_CRASHES'] ?? 100)
const WRITERS = 8

let folder: string
let running: Running | null = null
let address = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-test-crash-'))
  await chmod(folder, 0o755)
  await start()
})
afterAll(async () => {
  running?.child.kill('SIGKILL')
  await running?.ended
  await destroyDatabase(folder)
})

async function start(): Promise<void> {
  running = runLanh(['start', '--no-auth', '--port', '0', '--data', folder])
  const [, at] = await running.says(/ready: (\S+)/)
  address = `${at}/fhir/R4`
}

/** The number of the PostgreSQL that is ready for work, null while there is none. */
async function readyPostgres(): Promise<number | null> {
  const lines = (await readFile(join(folder, 'postgres/postmaster.pid'), 'utf8').catch(() => '')).split('\n')
  return lines[7]?.trim() === 'ready' ? Number(lines[0]) : null
}

async function signalPostgres(signal: NodeJS.Signals): Promise<number> {
  const pid = await readyPostgres()
  if (pid === null) throw new Error('no PostgreSQL is ready')
  process.kill(pid, signal)
  return pid
}

/** The app starts PostgreSQL again by itself. Until then children of the dead one may still answer. */
async function endPostgres(signal: NodeJS.Signals): Promise<void> {
  const dead = await signalPostgres(signal)
  const isAnother = async (): Promise<boolean> => ![null, dead].includes(await readyPostgres())
  await expect.poll(isAnother, { timeout: 60_000, interval: 20 }).toBe(true)
}

async function killApp(): Promise<void> {
  running?.child.kill('SIGKILL')
  await running?.ended
  await start()
}

/** Waits until the server and its database answer. */
async function answers(): Promise<void> {
  const works = (): Promise<number> =>
    fetch(`${address}/Basic?_summary=count`).then(
      ({ status }) => status,
      () => 0,
    )
  await expect.poll(works, { timeout: 60_000, interval: 50 }).toBe(200)
}

/** Ways to die, each followed by what a machine does next. PostgreSQL's come more often because they are quicker. */
const DEATHS: readonly (readonly [name: string, die: () => Promise<void>])[] = [
  ['PostgreSQL is killed', () => endPostgres('SIGKILL')],
  ['PostgreSQL is shut down at once', () => endPostgres('SIGQUIT')],
  ['PostgreSQL is killed', () => endPostgres('SIGKILL')],
  ['the app is killed', killApp],
  [
    'both are killed, as in a power cut',
    async () => {
      running?.child.kill('SIGKILL')
      await signalPostgres('SIGKILL')
      await running?.ended
      await start()
    },
  ],
]

/** Writes for a random moment, dies in the middle of it, comes back. @returns what was acknowledged meanwhile */
async function crash(round: number): Promise<Acknowledged> {
  const acknowledged: Acknowledged = new Map()
  const stop = new AbortController()
  const writing = Array.from({ length: WRITERS }, (_, index) =>
    write(address, `r${round}-w${index}`, acknowledged, stop.signal),
  )
  await sleep(50 + Math.random() * 300)
  const [name, die] = DEATHS[round % DEATHS.length]!
  const died = die()
  // The writers go on for a moment into the dying server.
  await sleep(30)
  stop.abort()
  // First the death, so that a failure of it is seen; the writers end by themselves.
  await Promise.all([died, ...writing])
  await answers()
  expect(await missing(address, acknowledged), `round ${round}: ${name}`).toEqual([])
  return acknowledged
}

test(`of what was acknowledged, ${CRASHES} crashes lose nothing`, { timeout: 900_000 }, async () => {
  const all: Acknowledged = new Map()
  for (let round = 0; round < CRASHES; round++) {
    for (const [url, version] of await crash(round)) all.set(url, version)
  }
  // Enough was under way for this to mean something.
  expect(all.size).toBeGreaterThan(CRASHES * 5)
  expect(await missing(address, all)).toEqual([])
})

test('no transaction is there by half', { timeout: 120_000 }, async () => {
  const stored = new Set<string>()
  let next: string | undefined = `${address}/Basic?_elements=id&_count=1000`
  while (next) {
    const page = (await (await fetch(next)).json()) as Page
    expect(page.resourceType).toBe('Bundle')
    for (const { resource } of page.entry ?? []) stored.add(resource.id)
    next = page.link?.find(({ relation }) => relation === 'next')?.url
  }
  const other = (id: string): string =>
    id.endsWith('-left') ? id.replace(/left$/, 'right') : id.replace(/right$/, 'left')
  const halves = [...stored].filter((id) => /-(left|right)$/.test(id) && !stored.has(other(id)))
  expect(halves).toEqual([])
})

interface Page {
  readonly resourceType: string
  readonly entry?: readonly { readonly resource: { readonly id: string } }[]
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
}

import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { destroyDatabase } from '#foundation/database'
import { writeDossierFile } from '#obligations/health-insurance'
import { runLanh, type Running } from '#testing/command-line'
import { insuranceDossier } from '#testing/insurance-dossiers'
import type { DossierPage, ImportRun } from './api.ts'

let folder: string
const started: Running[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-killed-'))
  await chmod(folder, 0o755)
})
afterAll(async () => {
  for (const { child, ended } of started) {
    child.kill('SIGTERM')
    await ended
  }
  await destroyDatabase(join(folder, 'data'))
  await rm(folder, { recursive: true, force: true })
})

const COUNT = 200

async function start(): Promise<{ lanh: Running; ask: <T>(path: string, init?: RequestInit) => Promise<T> }> {
  const lanh = runLanh(['start', '--no-auth', '--port', '0', '--data', join(folder, 'data')])
  started.push(lanh)
  const [, address] = await lanh.says(/ready: (\S+)/)
  const ask = async <T>(path: string, init?: RequestInit): Promise<T> => {
    const response = await fetch(`${address}/insurance/${path}`, init)
    if (!response.ok) throw new Error(`${path}: ${response.status}`)
    return (await response.json()) as T
  }
  return { lanh, ask }
}

test(
  'a desk that is killed while a file is imported shows the run as interrupted and resumes it',
  {
    timeout: 120_000,
  },
  async () => {
    const dossiers = Array.from({ length: COUNT }, (_, n) => insuranceDossier(n))
    const before = await start()
    const headers = { 'x-file-name': 'thang-10.xml', 'content-type': 'application/xml' }
    const body = writeDossierFile(dossiers, '20251001')
    const { id } = await before.ask<ImportRun>('imports', { method: 'POST', headers, body })
    const runs = async (ask: typeof before.ask): Promise<ImportRun | undefined> =>
      (await ask<{ runs: ImportRun[] }>('imports')).runs.find((run) => run.id === id)
    await expect.poll(async () => (await runs(before.ask))?.state, { interval: 5 }).toBe('running')
    before.lanh.child.kill('SIGKILL')
    await before.lanh.ended

    const after = await start()
    expect(await runs(after.ask)).toMatchObject({ file: 'thang-10.xml', state: 'interrupted', dossiers: 0 })
    const { dossiers: none } = await after.ask<DossierPage>('dossiers/search', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
    expect(none).toEqual([])
    await after.ask(`imports/${id}/resume`, { method: 'POST' })
    await expect.poll(async () => (await runs(after.ask))?.state, { timeout: 60_000 }).toBe('done')
    expect(await runs(after.ask)).toMatchObject({ dossiers: COUNT })
    after.lanh.child.kill('SIGTERM')
    await after.lanh.ended
  },
)

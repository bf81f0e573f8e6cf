import { expect, test } from 'vitest'
import type { ImportRun } from '#apps/server'
import { totalsOf } from './use-imports.ts'

const run: ImportRun = {
  id: '1',
  file: 'a.xml',
  toSend: false,
  state: 'done',
  bytes: 1000,
  bytesRead: 1000,
  dossiers: 4,
  resources: 40,
  startedAt: '2026-11-20T01:00:00Z',
  seconds: 2,
  counts: { reject: 0, error: 0, warning: 0 },
  findings: [],
}

test('what is left is reckoned from the bytes of all that waits, uploaded or not', () => {
  const waiting: ImportRun = { ...run, id: '2', state: 'waiting', bytesRead: 0, seconds: 0, dossiers: 0 }
  expect(totalsOf([run, waiting], 3, 500)).toEqual({ done: 1, waiting: 4, refused: 0, dossiers: 4, secondsLeft: 3 })
})

test('nothing is foretold before anything was read, nor when nothing is left', () => {
  expect(totalsOf([], 2, 500).secondsLeft).toBeNull()
  expect(totalsOf([run, { ...run, state: 'refused' }], 0, 0)).toMatchObject({ secondsLeft: null, refused: 1 })
})

import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findChromium } from './chromium.ts'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lanh-chromium-'))
  await writeFile(join(folder, 'chromium'), '#!/bin/sh\n')
  await chmod(join(folder, 'chromium'), 0o755)
})
afterAll(() => rm(folder, { recursive: true }))

test('a Chromium on the path is found', () => {
  expect(findChromium({ PATH: `/nowhere:${folder}` })).toBe(join(folder, 'chromium'))
})

test('CHROMIUM_PATH wins, and a wrong one is not replaced by another', () => {
  expect(findChromium({ PATH: folder, CHROMIUM_PATH: join(folder, 'absent') })).toBeNull()
  expect(findChromium({ PATH: '', CHROMIUM_PATH: join(folder, 'chromium') })).toBe(join(folder, 'chromium'))
})

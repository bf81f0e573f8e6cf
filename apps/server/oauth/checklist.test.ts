/** docs/conformance.md answers every line of the checklists, and no test that it names has gone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { PROJECT } from '../settings.ts'
import { OAUTH_RULES } from './refusals.ts'

const LISTS = join(PROJECT, '../shared/data/inferno-checklists')
const HERE = join(PROJECT, 'apps/server/oauth')
const document = readFileSync(join(PROJECT, 'docs/conformance.md'), 'utf8')
const rowsOf = (kit: string): readonly (readonly string[])[] =>
  (document.split(`### ${kit} test kit`)[1]?.split(/\n##/)[0] ?? '')
    .split('\n')
    .filter((line) => /^\| +\d/.test(line))
    .map((line) => line.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\([|_*<>$])/g, '$1')))

const KITS = [
  ['SMART App Launch', 'smart-app-launch.json'],
  ['Bulk Data', 'bulk-data.json'],
] as const

describe.skipIf(!existsSync(LISTS))('the checklists beside the project', () => {
  test.each(KITS)('%s: every line has its answer', (kit, file) => {
    const asked = JSON.parse(readFileSync(join(LISTS, file), 'utf8')) as { title: string }[]
    const letters = (text: string) => text.replace(/[^\p{L}\p{N}]/gu, '')
    expect(rowsOf(kit).map(([, , title = '']) => letters(title))).toEqual(asked.map(({ title }) => letters(title)))
  })
})

describe('the answers', () => {
  const sources = readdirSync(HERE).filter((file) => file.endsWith('.test.ts'))
  const tests = sources.map((file) => readFileSync(join(HERE, file), 'utf8')).join('\n')
  test.each(KITS)('%s: each says yes with a test, no with a reason, or not applicable with one', (kit) => {
    const answers = rowsOf(kit).map(([, , , answer = '']) => answer)
    expect(answers.length).toBeGreaterThan(0)
    expect(answers.filter((answer) => !/^(yes.* – “.+”|(no|not applicable) – .{10,})$/.test(answer))).toEqual([])
    const named = answers.flatMap((answer) => /“(.+)”/.exec(answer)?.[1] ?? [])
    expect(named.filter((title) => !tests.includes(`'${title}'`))).toEqual([])
  })
})

test('every rule of the OAuth server is explained', () => {
  const rules = readFileSync(join(PROJECT, 'docs/rules/oauth.md'), 'utf8')
  expect(Object.keys(OAUTH_RULES).filter((rule) => !rules.includes(`| ${rule} `))).toEqual([])
})

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { childrenOf, memberOf, nameOf, parseJsonText, ROOT, sourceOf } from '#fhir/json'
import { fhirServer } from '#testing/fhir-server'

const server = fhirServer()
const { request } = server
const folder = resolve(import.meta.dirname, '../../../../shared/data/fhir-r4-examples')

/** Each member exactly as it is written, but for the two that the server owns and a meta that holds nothing else. */
function membersOf(text: string): readonly string[] {
  const document = parseJsonText(text)
  if (!document.ok) throw new Error(document.refusals[0]!.message.en)
  const meta = memberOf(document.value, ROOT, 'meta')
  const inMeta = meta < 0 ? [] : childrenOf(document.value, meta)
  return [...childrenOf(document.value, ROOT).filter((node) => node !== meta), ...inMeta]
    .map((node) => `${nameOf(document.value, node)}: ${sourceOf(document.value, node)}`)
    .filter((member) => !/^(?:versionId|lastUpdated): /.test(member))
}

describe.skipIf(!existsSync(folder))("HL7's examples (skipped where ../shared/data/fhir-r4-examples is absent)", () => {
  const lines = existsSync(folder)
    ? readdirSync(folder)
        .filter((name) => name.endsWith('.ndjson.gz'))
        .flatMap((name) =>
          gunzipSync(readFileSync(join(folder, name)))
            .toString('utf8')
            .split('\n')
            .filter(Boolean),
        )
    : []

  test('at least 99 % are accepted, and every accepted one is served back byte for byte', async () => {
    const refused: string[] = []
    const altered: string[] = []
    const roundTrip = async (line: string): Promise<void> => {
      const { resourceType, id } = JSON.parse(line) as { resourceType: string; id: string }
      const { status, body } = await request('PUT', `${resourceType}/${id}`, line)
      if (status >= 400) {
        refused.push(`${resourceType}/${id}: ${body.issue.find(({ severity }) => severity === 'error')?.diagnostics}`)
        return
      }
      const { text } = await request('GET', `${resourceType}/${id}`)
      if (membersOf(text).join('\n') !== membersOf(line).join('\n')) altered.push(`${resourceType}/${id}`)
    }
    for (let start = 0; start < lines.length; start += 16)
      await Promise.all(lines.slice(start, start + 16).map(roundTrip))
    expect(altered).toEqual([])
    expect(refused.slice(Math.floor(lines.length / 100))).toEqual([])
  }, 300_000)

  test('every accepted one survives its own search index', async () => {
    const { status } = await request('GET', '?_count=1')
    expect(status).toBe(200)
    expect(await server.store.reindex()).toBeGreaterThan(lines.length * 0.9)
  }, 120_000)
})

/**
 * The official tests of FHIRPath over R4. Expressions outside the compiled subset are left to the library and not counted.
 */
import { existsSync, readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { compilePath } from './index.ts'

const shared = new URL('../../../shared/data/', import.meta.url)
const suite = new URL('fhirpath-r4/tests-fhir-r4.xml', shared)

interface Resource {
  readonly resourceType: string
  readonly id: string
}

const example = (type: string, id: string): Resource | undefined =>
  gunzipSync(readFileSync(new URL(`fhir-r4-examples/${type}.ndjson.gz`, shared)))
    .toString()
    .split('\n')
    .filter((line) => line.includes(`"${id}"`))
    .map((line) => JSON.parse(line) as Resource)
    .find((resource) => resource.id === id)

/** The suite's XML inputs are published examples, too. */
const inputs: Readonly<Record<string, readonly [type: string, id: string]>> = {
  'patient-example.xml': ['Patient', 'example'],
  'observation-example.xml': ['Observation', 'example'],
  'questionnaire-example.xml': ['Questionnaire', '3141'],
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&apos;': "'",
  '&amp;': '&',
}
const plain = (xml: string) => xml.replace(/&(?:lt|gt|quot|apos|amp);/g, (entity) => ENTITIES[entity]!)

interface Case {
  readonly name: string
  readonly input: string
  readonly expression: string
  readonly outputs: readonly string[]
}

function cases(xml: string): readonly Case[] {
  const found = xml.matchAll(/<test\s[^>]*name="([^"]+)"[^>]*inputfile="([^"]+)"([^>]*)>([\s\S]*?)<\/test>/g)
  return [...found].flatMap(([, name, input, attributes, body]) => {
    const expression = /<expression>([\s\S]*?)<\/expression>/.exec(body!)?.[1]
    if (expression === undefined || attributes!.includes('mode="strict"')) return []
    const outputs = [...body!.matchAll(/<output[^>]*>([\s\S]*?)<\/output>/g)].map((each) => plain(each[1]!))
    return [{ name: name!, input: input!, expression: plain(expression), outputs }]
  })
}

/** Where our answer is another than the suite's, and why it stays so. */
const DIFFERENT: Readonly<Record<string, string>> = {
  testDecimalLiteralToString: 'JSON numbers have no trailing zeros',
  testType12: "R4's rule que-7 asks whether a FHIR boolean `is Boolean` and means yes",
  testFHIRPathIsFunction8: 'the published example has not the extension of the suite’s input',
  testFHIRPathIsFunction9: 'the published example has not the extension of the suite’s input',
  testFHIRPathIsFunction10: 'the published example has not the extension of the suite’s input',
}

test.skipIf(!existsSync(suite))(
  'the official suite answers as expected where it is compiled (needs ../shared/data)',
  () => {
    let compiled = 0
    const wrong: string[] = []
    for (const { name, input, expression, outputs } of cases(readFileSync(suite, 'utf8'))) {
      const source = inputs[input]
      const resource = source === undefined ? undefined : example(...source)
      if (resource === undefined) continue
      const path = compilePath(expression, resource.resourceType)
      if (typeof path !== 'function') continue
      compiled++
      const values = path(resource, { resource }).map(({ value }) => String(value))
      if (JSON.stringify(values) !== JSON.stringify(outputs) && !Object.hasOwn(DIFFERENT, name)) {
        wrong.push(`${name}: ${expression} gave ${JSON.stringify(values)}, expected ${JSON.stringify(outputs)}`)
      }
    }
    expect(wrong).toEqual([])
    expect(compiled).toBeGreaterThan(480)
  },
)

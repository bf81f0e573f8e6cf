import type { Bundle, BundleEntry, Observation } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import { measures } from './tables/measures.ts'

const decimalsByLoinc: ReadonlyMap<string, number> = new Map(
  [...measures.values()].map(({ loinc, decimals }) => [loinc, decimals]),
)

/** The number of a quantity, before its unit or its system. */
const NUMBER = /"value":(-?\d+(?:\.\d+)?)(?=,"(?:unit|system)")/g

/** A bundle as JSON, with the numbers of measurements as an instrument prints them: `7.0`, where JavaScript writes `7`. */
export function bundleText({ entry = [], ...bundle }: Bundle): string {
  return `${JSON.stringify(bundle).slice(0, -1)},"entry":[${entry.map(entryText).join(',')}]}`
}

function entryText(entry: BundleEntry): string {
  const text = JSON.stringify(entry)
  const decimals = entry.resource?.resourceType === 'Observation' ? decimalsOf(entry.resource as Observation) : 0
  if (decimals === 0) return text
  return text.replace(NUMBER, (_, number: string) => `"value":${Number(number).toFixed(decimals)}`)
}

const decimalsOf = ({ code }: Observation): number =>
  decimalsByLoinc.get(code.coding?.find(({ system }) => system === codeSystems.loinc)?.code ?? '') ?? 0

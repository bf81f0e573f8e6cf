import { table } from './tables.ts'

const valueSets = new Map<string, ReadonlyMap<string, string>>()
const systems = new Map<string, CodeSystem>()

export interface CodeSystem {
  readonly caseSensitive: boolean
  has(code: string): boolean
}

/**
 * The codes of a value set of the standard, each with its system: of all that required bindings name, and the others.
 *
 * @param valueSet canonical address without version
 * @returns undefined where the codes cannot be listed (media types, UCUM, currencies, languages, sets by a filter)
 */
export function requiredCodes(valueSet: string): ReadonlyMap<string, string> | undefined {
  const codes = valueSets.get(valueSet) ?? listCodes(valueSet)
  if (codes !== undefined) valueSets.set(valueSet, codes)
  return codes
}

/** A code system of which the standard lists every code (HL7's own and the v2 and v3 tables). */
export function codeSystem(url: string): CodeSystem | undefined {
  const system = systems.get(url) ?? openSystem(url)
  // Only systems that exist are kept: addresses come from whoever sends resources.
  if (system !== undefined) systems.set(url, system)
  return system
}

function listCodes(valueSet: string): ReadonlyMap<string, string> | undefined {
  const raw = Object.hasOwn(table('value-sets'), valueSet) ? table('value-sets')[valueSet] : undefined
  if (raw === undefined) return undefined
  return new Map(
    Object.entries(raw).flatMap(([system, codes]) =>
      (codes === '*' ? table('code-systems')[system]!.codes : codes).map((code) => [code, system] as const),
    ),
  )
}

function openSystem(url: string): CodeSystem | undefined {
  const raw = Object.hasOwn(table('code-systems'), url) ? table('code-systems')[url] : undefined
  if (raw === undefined) return undefined
  const caseSensitive = raw.caseSensitive !== false
  const codes = new Set(caseSensitive ? raw.codes : raw.codes.map((code) => code.toLowerCase()))
  return { caseSensitive, has: (code) => codes.has(caseSensitive ? code : code.toLowerCase()) }
}

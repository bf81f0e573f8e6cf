import { table } from './tables.ts'

const valueSets = new Map<string, ReadonlyMap<string, string> | undefined>()
const systems = new Map<string, CodeSystem | undefined>()

export interface CodeSystem {
  readonly caseSensitive: boolean
  has(code: string): boolean
}

/**
 * The codes of a value set to which some element is bound as required, each with its system.
 *
 * @param valueSet canonical address without version
 * @returns undefined where the codes cannot be listed (media types, UCUM, currencies, languages)
 */
export function requiredCodes(valueSet: string): ReadonlyMap<string, string> | undefined {
  if (!valueSets.has(valueSet)) valueSets.set(valueSet, listCodes(valueSet))
  return valueSets.get(valueSet)
}

/** A code system of which the standard lists every code (HL7's own and the v2 and v3 tables). */
export function codeSystem(url: string): CodeSystem | undefined {
  if (!systems.has(url)) systems.set(url, openSystem(url))
  return systems.get(url)
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

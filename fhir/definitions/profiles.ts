import { table } from './tables.ts'

/** A profile as a StructureDefinition has it, with the parts that constrain. */
export interface ProfileDefinition {
  readonly resourceType: 'StructureDefinition'
  readonly url: string
  readonly type: string
  readonly derivation: 'constraint'
  readonly baseDefinition: string
  readonly differential: { readonly element: readonly Readonly<Record<string, unknown>>[] }
}

const known = new Map<string, ProfileDefinition>()

/**
 * A profile that the standard itself publishes (`…/StructureDefinition/vitalsigns`).
 *
 * @param url canonical address without version
 * @returns always the same object; undefined for profiles that others publish
 */
export function standardProfile(url: string): ProfileDefinition | undefined {
  const found = known.get(url)
  if (found !== undefined || !Object.hasOwn(table('profiles'), url)) return found
  const { type, baseDefinition, elements } = table('profiles')[url]!
  const profile: ProfileDefinition = {
    resourceType: 'StructureDefinition',
    url,
    type,
    derivation: 'constraint',
    baseDefinition,
    differential: { element: elements },
  }
  known.set(url, profile)
  return profile
}

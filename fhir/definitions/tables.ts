/** The shapes of the generated tables and the reading of them. Each is read at its first use and kept. */
import { readFileSync } from 'node:fs'

/** @see ElementDefinition in index.ts; absent means 0, 1, false */
export interface RawElement {
  readonly name: string
  readonly min?: number
  readonly max?: string
  readonly types: readonly string[]
  readonly binding?: readonly [strength: string, valueSet: string]
  readonly summary?: true
  readonly modifier?: true
}

export interface RawType {
  readonly kind: 'primitive' | 'complex' | 'backbone' | 'resource'
  readonly base: string | null
  readonly abstract?: true
  readonly pattern?: string
  readonly elements: readonly RawElement[]
}

export type RawInvariant = readonly [key: string, severity: 'error' | 'warning', expression: string, human: string]

export interface RawSearchParameter {
  readonly url: string
  readonly code: string
  readonly base: readonly string[]
  readonly type: 'number' | 'date' | 'string' | 'token' | 'reference' | 'composite' | 'quantity' | 'uri' | 'special'
  readonly expression?: string
  readonly target?: readonly string[]
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
}

export interface RawCodeSystem {
  readonly caseSensitive?: false
  readonly codes: readonly string[]
}

/** where an extension may stand, which types its value may have (none for one that is made of extensions) */
export interface RawExtension {
  readonly contexts: readonly string[]
  readonly values: readonly string[]
  readonly modifier?: true
}

/** what a profile says of elements, as in the differential of its StructureDefinition */
export interface RawProfile {
  readonly type: string
  readonly baseDefinition: string
  readonly elements: readonly Readonly<Record<string, unknown>>[]
}

export type RawValueSet = Readonly<Record<string, '*' | readonly string[]>>
export type RawCompartments = Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>

/** Table name → content; the names are those of the files under generated/. */
export interface Tables {
  readonly types: Readonly<Record<string, RawType>>
  readonly invariants: Readonly<Record<string, readonly RawInvariant[]>>
  readonly 'search-parameters': readonly RawSearchParameter[]
  readonly 'code-systems': Readonly<Record<string, RawCodeSystem>>
  readonly 'value-sets': Readonly<Record<string, RawValueSet>>
  readonly compartments: RawCompartments
  readonly extensions: Readonly<Record<string, RawExtension>>
  readonly profiles: Readonly<Record<string, RawProfile>>
}

const read = new Map<string, unknown>()

/** The content of one generated table. */
export function table<Name extends keyof Tables>(name: Name): Tables[Name] {
  let content = read.get(name)
  if (content === undefined) {
    content = JSON.parse(readFileSync(new URL(`./generated/${name}.json`, import.meta.url), 'utf8'))
    read.set(name, content)
  }
  return content as Tables[Name]
}

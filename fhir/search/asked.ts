import { accept, refuse, type Outcome, type Refusal } from '#fhir/outcome'
import type { Parameter } from './parameters.ts'
import type { Criterion } from './types.ts'

/** What the lowering of a parameter may need from outside. */
export interface SearchContext {
  /** absolute address of the FHIR endpoint: references to it are local ones */
  readonly base: string
  readonly handling: 'strict' | 'lenient'
  /** the codes of a value set, for `:in` and `:not-in`; null where it is not known */
  readonly expandValueSet?: (
    url: string,
  ) => Promise<readonly { readonly system?: string; readonly code: string }[] | null>
  readonly defaultCount?: number
  readonly maxCount?: number
  /** ms since 1970, for the prefix `ap`; the clock when absent */
  readonly now?: number
}

/** One parameter of a request, as far as its type matters. */
export interface Question {
  readonly parameter: Parameter
  /** without the colon; '' where there is none */
  readonly modifier: string
  /** the alternatives, escapes unresolved */
  readonly values: readonly string[]
  /** as written, for refusals */
  readonly at: string
  readonly context: SearchContext
}

/** Codes that may be combined with the patient, a term each. */
export interface Combinable {
  /** of the parameter */
  readonly code: string
  /** the codes without their systems */
  readonly codes: readonly string[]
  /** false where a system is asked for as well */
  readonly complete: boolean
}

/** A parameter as conditions that must all hold. */
export interface Asked {
  readonly criteria: readonly Criterion[]
  readonly combinable?: Combinable
}

export const asked = (...criteria: readonly Criterion[]): Outcome<Asked> => accept({ criteria })

/** Alternatives, each with its conditions, as few criteria as it takes. */
export function either(alternatives: readonly (readonly Criterion[])[]): readonly Criterion[] {
  if (alternatives.length === 0) return [{ kind: 'none' }]
  return alternatives.length === 1 ? alternatives[0]! : [{ kind: 'any', of: alternatives }]
}

/** Reads every value, or says what is wrong with each that cannot be read. */
export function readEach<T>(values: readonly string[], read: (value: string) => T | Refusal): Outcome<readonly T[]> {
  const results = values.map(read)
  const refusals = results.filter(isRefusal)
  return refusals.length > 0 ? refuse([refusals[0]!]) : accept(results as readonly T[])
}

const isRefusal = (value: unknown): value is Refusal =>
  typeof value === 'object' && value !== null && 'rule' in value && 'severity' in value

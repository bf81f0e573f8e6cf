/**
 * The two halves of search that must agree: what a resource contributes to the index (`IndexEntries`) and what a
 * request asks of it (`SearchRequest`, already lowered to the same hashed terms and ranges). Both come from this
 * folder, so that a value is folded, hashed and canonicalised by the same function on both sides. The record store
 * only stores the first and turns the second into SQL; it knows nothing of FHIR search rules.
 *
 * Terms: `hash64(value) XOR parameterConstant`, signed 64-bit. `selfHash('Patient','1') = hash64('Patient/1')`, so a
 * local reference term is `self XOR parameterConstant` and can be computed inside SQL for chains and reverse includes.
 */

import type { Refusal } from '#fhir/outcome'

/** What one resource version contributes to the search index. */
export interface IndexEntries {
  /** selfHash(type, id) of this resource */
  readonly self: bigint
  /** distinct hashed terms: tokens (`system|code`, `code`, `system|`), references, uris, exact strings, … */
  readonly terms: readonly bigint[]
  /** local references (relative, `Type/id`), for _include and _has. `parameter` is parameterNumber(type, code) */
  readonly references: readonly { readonly parameter: number; readonly target: bigint }[]
  /** selfHash of the first patient in whose compartment the resource lies (a Patient is in its own); null if none.
   *  Further patients are terms under compartmentConstant. */
  readonly patient: bigint | null
  /** bounds of the type's promoted date (`promotedDate`), ms since 1970 UTC, inclusive; -Infinity/Infinity when open */
  readonly date: { readonly low: number; readonly high: number } | null
  /** folded strings, for string parameters and token `:text` (parameterNumber(type, 'code:text')) */
  readonly strings: readonly { readonly parameter: number; readonly folded: string }[]
  /** dates other than the promoted one (ms since 1970), numbers, quantities (canonical UCUM) and composites ending in one */
  readonly ranges: readonly RangeEntry[]
  /** bit numbers (parameterBit) of the parameters for which the resource has a value, for :missing */
  readonly present: readonly number[]
  /** codes of meta.security as `system|code` */
  readonly security: readonly string[]
}

export interface RangeEntry {
  readonly parameter: number
  /** 0n for dates and numbers; hash of the canonical unit for quantities; mixed with the token's hash for composites */
  readonly unit: bigint
  readonly low: number
  readonly high: number
  /** quantities only: the value as written, for searches that name no unit */
  readonly raw?: number
}

/** @source http://hl7.org/fhir/R4/search.html#prefix */
export type Prefix = 'eq' | 'ne' | 'gt' | 'lt' | 'ge' | 'le' | 'sa' | 'eb' | 'ap'

export interface RangeTest {
  readonly prefix: Prefix
  /** inclusive bounds of the search value's own implied range (precision), same scale as the entries */
  readonly low: number
  readonly high: number
  readonly unit: bigint
  /** true: compare with `raw` over all units, because the search named no unit */
  readonly anyUnit?: boolean
}

/** One condition; the conditions of a request are ANDed, the alternatives inside one are ORed. */
export type Criterion =
  | { readonly kind: 'none' }
  | { readonly kind: 'self'; readonly anyOf: readonly bigint[]; readonly negated?: boolean }
  | {
      readonly kind: 'terms'
      readonly anyOf: readonly bigint[]
      readonly negated?: boolean
      /** true where few rows carry such a term (references, identifiers, combined patient + code): the store then
       *  fetches by term first and sorts afterwards, with a cached plan */
      readonly selective?: boolean
      /** set when the criterion means exactly `IndexEntries.patient equals this` (a single-valued patient/subject
       *  reference of the type's promoted patient), so that the (patient, type, date) index can serve it in order */
      readonly patientIs?: bigint
    }
  | { readonly kind: 'missing'; readonly bit: number; readonly missing: boolean }
  | { readonly kind: 'updated'; readonly anyOf: readonly RangeTest[] }
  | { readonly kind: 'date'; readonly anyOf: readonly RangeTest[] }
  | { readonly kind: 'range'; readonly parameter: number; readonly anyOf: readonly RangeTest[] }
  | {
      readonly kind: 'string'
      readonly parameter: number
      readonly anyOf: readonly { readonly match: 'prefix' | 'contains'; readonly folded: string }[]
    }
  | { readonly kind: 'compartment'; readonly patients: readonly bigint[] }
  /** a reference through `constant` to a resource of one of `targets` that meets the criteria */
  | {
      readonly kind: 'chain'
      readonly constant: bigint
      /** true where the parameter is the type's promoted patient, so that the patient column can be used */
      readonly promotedPatient: boolean
      readonly targets: readonly { readonly type: string; readonly criteria: readonly Criterion[] }[]
    }
  /** some resource of `type` refers to this one through `parameter` and meets the criteria */
  | {
      readonly kind: 'has'
      /** of the resource that is referred to, the one searched for */
      readonly of: string
      readonly type: string
      readonly parameter: number
      readonly constant: bigint
      readonly criteria: readonly Criterion[]
      /** where the referring resources have combined terms of patient and code: XORed with the patient's own hash each
       *  gives such a term, and every resource that is meant has one of them */
      readonly combined?: readonly bigint[]
    }
  | { readonly kind: 'any'; readonly of: readonly (readonly Criterion[])[] }

export interface Include {
  readonly direction: 'include' | 'revinclude'
  readonly iterate: boolean
  /** the type that holds the reference; '*' with parameter null means every reference */
  readonly source: string
  readonly parameter: number | null
  readonly constant: bigint | null
  readonly target: string | null
}

export type SortKey = { readonly descending: boolean } & (
  | { readonly by: 'updated' }
  | { readonly by: 'id' }
  | { readonly by: 'date' }
  | { readonly by: 'range'; readonly parameter: number }
  | { readonly by: 'string'; readonly parameter: number }
  /** simple JSON paths into the resource (`status`, `code.coding.0.code`), for token, uri and reference parameters */
  | { readonly by: 'path'; readonly paths: readonly (readonly string[])[] }
)

export interface SearchRequest {
  /** one type at type level; several or none (all) at system level */
  readonly types: readonly string[]
  readonly criteria: readonly Criterion[]
  readonly sort: readonly SortKey[]
  readonly count: number
  readonly total: 'none' | 'estimate' | 'accurate'
  readonly includes: readonly Include[]
  /** the opaque keyset of the `next` or `previous` link */
  readonly cursor: string | null
  readonly summary: 'true' | 'text' | 'data' | 'count' | 'false'
  readonly elements: readonly string[]
  /** the parameters that were understood, as written, for the self link (the standard asks for it) */
  readonly applied: readonly (readonly [string, string])[]
  /** with lenient handling: what was left out and why, as warnings */
  readonly ignored?: readonly Refusal[]
}

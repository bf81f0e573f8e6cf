import type { Refusal } from '#fhir/outcome'
import type { Invariant } from '#fhir/definitions'
import { invariantSentence } from './invariant-sentences.ts'
import { RULES, type Detail, type RuleId } from './rules.ts'

export type JsonObject = Readonly<Record<string, unknown>>

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A check of one value; what is wrong goes to the run. `parent` is the object whose property the value is. */
export type Check = (value: unknown, run: Run, parent: JsonObject) => void

/**
 * Finds a definition by its canonical address as written, version included. It is asked often, for the systems of
 * codes too: an implementation keeps what it found and what it did not.
 *
 * @returns the resource, or undefined where it is not known
 */
export type FindDefinition = (
  canonical: string,
  type: 'Questionnaire' | 'ValueSet' | 'CodeSystem' | 'StructureDefinition',
) => unknown

/** Deeper than anything the reader of JSON lets through, and far from the end of the call stack. */
const MAX_DEPTH = 100
/** Objects looked at in one run: more than fit into the largest body, so only a hostile caller meets it. */
const MAX_OBJECTS = 5_000_000
/** Values held against elements of profiles in one run: profiles are written by people, and may ask for the same again and again. */
const MAX_COMPARED = 200_000
/** How many errors, and how many of what is less than an error, are listed. */
const MAX_LISTED = 250

/** The state of one validation: where we are, which resources surround us, and what was found. */
export class Run {
  readonly refusals: Refusal[] = []
  /** names and indexes from the root to here; a FHIRPath is only made of it when something is refused */
  readonly path: (string | number)[] = []
  /** %resource: the nearest resource around the element */
  resource: JsonObject
  /** %rootResource: that resource, or the one that contains it */
  root: JsonObject
  /** length of the path where the nearest resource begins */
  resourceAt = 1
  /** local references (`#id`) seen within the root, for dom-3; null while the root contains nothing */
  localReferences: Set<string> | null = null
  /** id → type of what the root contains; made at the first local reference */
  contained: ReadonlyMap<string, string> | null = null
  /** ids of elements within the resource; made at the first one, because hardly any element has an id */
  elementIds: Set<string> | null = null
  /** the bundles around us, the nearest last */
  readonly bundles: BundleContext[] = []
  /** true when something was too deep or too large to be looked at */
  exhausted = false
  /** how many structural faults there are: rules written in FHIRPath are not asked about what is malformed */
  malformed = 0
  private effort = { compared: 0 }
  private errors = 0
  private doubts = 0
  private cut = false
  private depth = 0
  private objects = 0

  readonly find: FindDefinition

  constructor(resource: JsonObject, find: FindDefinition = () => undefined) {
    this.resource = resource
    this.root = resource
    this.find = find
  }

  /** Steps into an object. @returns false where the content is too deep or too large to go on */
  enter(): boolean {
    if (++this.depth <= MAX_DEPTH && ++this.objects <= MAX_OBJECTS) return true
    if (!this.exhausted) this.refuse('FHIR-STRUCTURE-8')
    this.malformed++
    this.exhausted = true
    return false
  }

  leave(): void {
    this.depth--
  }

  /** Counts a value that is held against an element of a profile. @returns false where it is enough */
  compares(): boolean {
    if (++this.effort.compared <= MAX_COMPARED) return true
    if (!this.exhausted) this.refuse('FHIR-STRUCTURE-8')
    this.exhausted = true
    return false
  }

  /** A run at the same place whose findings nobody reads: for asking whether something would be refused. */
  trial(): Run {
    const trial = new Run(this.resource, this.find)
    const { root, resourceAt, contained, effort } = this
    trial.path.push(...this.path)
    trial.bundles.push(...this.bundles)
    return Object.assign(trial, { root, resourceAt, contained, effort })
  }

  /** Has something been refused, rather than doubted? */
  get hasErrors(): boolean {
    return this.errors > 0
  }

  /** Notes a problem at the present place, or at one of its elements. */
  refuse(id: RuleId, detail: Detail = {}, below?: string): void {
    const { severity, code, say } = RULES[id]
    if (id.startsWith('FHIR-STRUCTURE')) this.malformed++
    this.add({ rule: id, severity, code, message: say(detail), at: this.here(below) })
  }

  /** Notes that a rule of the standard is broken. */
  refuseInvariant(invariant: Pick<Invariant, 'key' | 'severity' | 'human'>, below?: string): void {
    const { key, severity } = invariant
    this.add({ rule: key, severity, code: 'invariant', message: invariantSentence(invariant), at: this.here(below) })
  }

  private add(refusal: Refusal): void {
    const listed = refusal.severity === 'error' ? ++this.errors : ++this.doubts
    if (listed <= MAX_LISTED) this.refusals.push(refusal)
    else if (!this.cut) {
      this.cut = true
      const { severity, code, say } = RULES['FHIR-STRUCTURE-10']
      this.refusals.push({ rule: 'FHIR-STRUCTURE-10', severity, code, message: say({}) })
    }
  }

  private here(below?: string): string {
    let written = ''
    for (const step of this.path) written += typeof step === 'number' ? `[${step}]` : written === '' ? step : `.${step}`
    return below === undefined ? written : written === '' ? below : `${written}.${below}`
  }
}

/** What the entries of a bundle may refer to. */
export interface BundleContext {
  readonly type: unknown
  /** fullUrl → resource type */
  readonly byUrl: ReadonlyMap<string, string>
  /** fullUrl of the entry being checked */
  fullUrl: string | undefined
}

import { lanesOf, type Lanes } from './hash.ts'
import type { IndexEntries, RangeEntry } from './types.ts'

const MOST_TEXTS = 3
const NONE: readonly string[] = []

/** Gathers what the parameters of one resource contribute. */
export class Collector {
  readonly self: bigint
  patient: bigint | null = null
  /** the same, taken apart, for combined terms */
  patientLanes: Lanes | null = null
  date: { low: number; high: number } | null = null
  private readonly terms = new Set<bigint>()
  private readonly references: { readonly parameter: number; readonly target: bigint }[] = []
  private readonly strings: { readonly parameter: number; readonly folded: string }[] = []
  private readonly ranges: RangeEntry[] = []
  private readonly present: number[] = []
  security: readonly string[] = NONE

  constructor(self: bigint) {
    this.self = self
  }

  setPatient(patient: bigint): void {
    this.patient = patient
    this.patientLanes = lanesOf(patient)
  }

  addTerm(term: bigint): void {
    this.terms.add(term)
  }

  addReference(parameter: number, target: bigint): void {
    this.references.push({ parameter, target })
  }

  addString(parameter: number, folded: string): void {
    if (!this.strings.some((each) => each.parameter === parameter && each.folded === folded)) {
      this.strings.push({ parameter, folded })
    }
  }

  /** Only the first string of a parameter. */
  addFirst(parameter: number, folded: string): void {
    if (folded !== '' && !this.strings.some((each) => each.parameter === parameter))
      this.strings.push({ parameter, folded })
  }

  /** A text of a token: at most three different ones a parameter. */
  addText(parameter: number, folded: string): void {
    if (this.strings.filter((each) => each.parameter === parameter).length < MOST_TEXTS)
      this.addString(parameter, folded)
  }

  addRange(entry: RangeEntry): void {
    this.ranges.push(entry)
  }

  addPresent(bit: number): void {
    this.present.push(bit)
  }

  entries(): IndexEntries {
    const { self, patient, date, references, strings, ranges, present, security } = this
    return { self, terms: [...this.terms], references, patient, date, strings, ranges, present, security }
  }
}

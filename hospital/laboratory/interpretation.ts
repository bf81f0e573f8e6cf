import type { CodeableConcept, Observation, ObservationReferenceRange, Quantity } from '#fhir/r4'

/** How a result stands to what is expected, in the order of how much it matters. */
export type Interpretation =
  'critical-high' | 'critical-low' | 'critical' | 'high' | 'low' | 'abnormal' | 'normal' | 'none'

/** @source http://terminology.hl7.org/CodeSystem/v3-ObservationInterpretation */
const BY_CODE: Readonly<Record<string, Interpretation>> = {
  HH: 'critical-high',
  HU: 'critical-high',
  LL: 'critical-low',
  LU: 'critical-low',
  AA: 'critical',
  H: 'high',
  '>': 'high',
  L: 'low',
  '<': 'low',
  A: 'abnormal',
  POS: 'abnormal',
  DET: 'abnormal',
  R: 'abnormal',
  N: 'normal',
  NEG: 'normal',
  ND: 'normal',
  S: 'normal',
}

interface Judged {
  readonly interpretation?: readonly CodeableConcept[]
  readonly referenceRange?: readonly ObservationReferenceRange[]
  readonly valueQuantity?: Quantity
  /** the parts of a panel, e.g. both pressures */
  readonly component?: readonly Judged[]
}

/** In the order of how much it matters; the first that any part of a panel shows stands for the panel. */
const WORST_FIRST: readonly Interpretation[] = [
  'critical-high',
  'critical-low',
  'critical',
  'high',
  'low',
  'abnormal',
  'normal',
]

/** Somebody must be told at once. */
export const isCritical = (interpretation: Interpretation): boolean => interpretation.startsWith('critical')

/** Outside what is expected, to whatever degree. */
export const isAbnormal = (interpretation: Interpretation): boolean =>
  interpretation !== 'normal' && interpretation !== 'none'

/** The laboratory's own word where it gave one; else the value against its reference range; else none. */
export function interpret(result: Judged): Interpretation {
  const codes = result.interpretation?.flatMap((concept) => concept.coding ?? []) ?? []
  for (const { code } of codes) {
    const said = code === undefined ? undefined : BY_CODE[code]
    if (said) return said
  }
  if (!result.component?.length) return againstRange(result.valueQuantity, normalRange(result.referenceRange))
  const parts = new Set(result.component.map(interpret))
  return WORST_FIRST.find((one) => parts.has(one)) ?? 'none'
}

/** The range that describes the healthy: the one typed normal or not typed at all. */
export const normalRange = (
  ranges: readonly ObservationReferenceRange[] | undefined,
): ObservationReferenceRange | undefined =>
  ranges?.find((range) => {
    const type = range.type?.coding?.[0]?.code
    return type === undefined || type === 'normal'
  })

function againstRange(quantity: Quantity | undefined, range: ObservationReferenceRange | undefined): Interpretation {
  const value = quantity?.value
  const low = range?.low?.value
  const high = range?.high?.value
  if (value === undefined || (low === undefined && high === undefined)) return 'none'
  // "< 0,5" below the range or "> 100" above it is certain; the other way round it says nothing
  const comparator = quantity?.comparator ?? ''
  if (high !== undefined && value > high && !comparator.startsWith('<')) return 'high'
  if (low !== undefined && value < low && !comparator.startsWith('>')) return 'low'
  return comparator ? 'none' : 'normal'
}

/** Whether values of one result may be shown as final. @source http://hl7.org/fhir/R4/valueset-observation-status.html */
export const isUsable = (observation: Observation): boolean =>
  !['entered-in-error', 'cancelled', 'unknown', 'registered'].includes(observation.status)

import type { Observation } from '#fhir/r4'
import { resultUnit, valueText } from './value-text.ts'

const RELEASED: ReadonlySet<Observation['status']> = new Set(['final', 'amended', 'corrected'])

/** Whether a result was changed after it had been released. @source http://hl7.org/fhir/R4/valueset-observation-status.html */
export const isCorrected = ({ status }: Pick<Observation, 'status'>): boolean =>
  status === 'corrected' || status === 'amended'

/** What a result said before it was corrected. */
export interface FormerValue {
  readonly text: string
  /** when it was replaced: the time of the version that replaced it; '' where the record does not say */
  readonly until: string
}

/**
 * The values that somebody may have read and acted on before: of released versions only, each once, the last one first.
 *
 * @param versions of one result, newest first, the current one included
 * @param decimals as in `valueText`
 */
export function formerValues(versions: readonly Observation[], decimals?: number): readonly FormerValue[] {
  const released = versions.filter(({ status }) => RELEASED.has(status))
  const unit = released[0] && resultUnit(released[0])
  const said = released.map((version) => {
    const own = resultUnit(version)
    const text = valueText(version, decimals)
    return own === unit ? text : [text, own].filter(Boolean).join(' ')
  })
  const seen = new Set([said[0]])
  return said.flatMap((text, at): readonly FormerValue[] => {
    if (text === '' || seen.has(text)) return []
    seen.add(text)
    return [{ text, until: released[at - 1]?.meta?.lastUpdated ?? '' }]
  })
}

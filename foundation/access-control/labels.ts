/** Sensitive content: which codes of meta.security count, and the bit that stands for each. Bits never change meaning. */
import type { Label } from './types.ts'

const ACT = 'http://terminology.hl7.org/CodeSystem/v3-ActCode'
const CONFIDENTIALITY = 'http://terminology.hl7.org/CodeSystem/v3-Confidentiality'

interface Meaning {
  readonly bit: number
  readonly system: string
  readonly vi: string
  readonly en: string
}

/** Bits of a set of labels; in a guard they stand above the areas, from bit 16. */
export const LABELS: Readonly<Record<Label, Meaning>> = {
  HIV: { bit: 1 << 0, system: ACT, vi: 'HIV/AIDS', en: 'HIV/AIDS' },
  PSY: { bit: 1 << 1, system: ACT, vi: 'Sức khỏe tâm thần', en: 'Mental health' },
  ETH: { bit: 1 << 2, system: ACT, vi: 'Nghiện chất', en: 'Substance use' },
  SDV: { bit: 1 << 3, system: ACT, vi: 'Bạo lực gia đình', en: 'Domestic violence' },
  SEX: { bit: 1 << 4, system: ACT, vi: 'Sức khỏe sinh sản, tình dục', en: 'Sexual and reproductive health' },
  EMP: { bit: 1 << 5, system: ACT, vi: 'Nhân viên là người bệnh', en: 'Staff as patient' },
  CEL: { bit: 1 << 6, system: ACT, vi: 'Người được chú ý', en: 'Person of public interest' },
  R: { bit: 1 << 7, system: CONFIDENTIALITY, vi: 'Hạn chế', en: 'Restricted' },
  V: { bit: 1 << 8, system: CONFIDENTIALITY, vi: 'Rất hạn chế', en: 'Very restricted' },
}

export const ALL_LABELS = Object.keys(LABELS) as readonly Label[]

const bitByCode = new Map(ALL_LABELS.map((label) => [`${LABELS[label].system}|${label}`, LABELS[label].bit]))

/** @param security codes of meta.security as `system|code` */
export const labelBits = (security: readonly string[]): number =>
  security.reduce((bits, code) => bits | (bitByCode.get(code) ?? 0), 0)

export const labelsIn = (bits: number): readonly Label[] => ALL_LABELS.filter((label) => bits & LABELS[label].bit)

export const bitsOf = (labels: readonly Label[]): number => labels.reduce((bits, label) => bits | LABELS[label].bit, 0)

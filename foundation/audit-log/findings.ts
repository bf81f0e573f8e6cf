/** What is wrong with a log: which rule it breaks, and where. Explained in docs/rules/audit.md. */

export const FINDINGS = {
  'AUDIT-10': 'an act that was numbered is not there',
  'AUDIT-11': 'an act is not what it was when it was numbered, or its leaf is not',
  'AUDIT-12': 'a leaf of the tree is missing, or its number is not the next',
  'AUDIT-14': 'an inner node of the tree is wrong, missing or too much',
  'AUDIT-15': 'the tree does not have the root that was signed',
  'AUDIT-16': 'an act stands among those that were numbered, but was never numbered',
  'AUDIT-17': 'a head is unreadable, of a wrong size, or its signature does not hold',
  'AUDIT-18': 'a head does not follow the one before it',
  'AUDIT-19': 'the second place has a head that the log does not have: it was rolled back or replaced',
  'AUDIT-20': 'the second place lacks a head of the log',
  'AUDIT-21': 'the log holds fewer acts than the last head was signed for',
  'AUDIT-22': 'the detail of an act was erased, and no act says so',
  'AUDIT-23': 'the index of who and what acts concern does not follow from them',
  'AUDIT-24': 'the position of numbering is not that of the tree',
} as const

export type FindingRule = keyof typeof FINDINGS

export interface Finding {
  readonly rule: FindingRule
  /** where: number in the tree, seq of the act, size of the head */
  readonly place: string
}

export const findingText = ({ rule, place }: Finding): string => `${rule} ${place}: ${FINDINGS[rule]}`

/** Of a thousand wrong places the first hundred say enough. */
const MOST_FINDINGS = 100

export interface Findings {
  readonly add: (rule: FindingRule, place: string) => void
  readonly all: readonly Finding[]
}

export function newFindings(): Findings {
  const all: Finding[] = []
  return {
    all,
    add: (rule, place) => {
      if (all.length < MOST_FINDINGS) all.push({ rule, place })
    },
  }
}

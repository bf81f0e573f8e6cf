import type { Patient } from '#fhir/r4'
import { areNearNames } from '#hospital/identification'
import type { Dossier } from '../types.ts'
import { type PatientKeys, patientKeys } from './patient-keys.ts'

export type JoinVerdict = 'same' | 'doubtful' | 'different'

/** How one particular of two patients compares. `near`: names a letter apart, a birth known only by year or month. */
type Comparison = 'agree' | 'near' | 'differ' | 'unknown'

type Aspect = 'identity' | 'insurance' | 'childCard' | 'code' | 'name' | 'birth' | 'sex'

interface JoinRule {
  /** what must hold; an aspect that is not named may be anything */
  readonly when: Readonly<Partial<Record<Aspect, readonly Comparison[]>>>
  readonly verdict: JoinVerdict
  /** Vietnamese, what it means */
  readonly why: string
}

const AGREE = ['agree'] as const
const FITS = ['agree', 'near'] as const
const DIFFER = ['differ'] as const
const NOT_OTHER = ['agree', 'near', 'unknown'] as const

/**
 * The first rule that fits decides. Only what no two people share joins silently, and only where name and birth say the
 * same; a number that agrees while they do not may be a slip of the pen or a borrowed card, which a person has to see.
 */
export const joinRules: readonly JoinRule[] = [
  {
    when: { identity: DIFFER, insurance: AGREE, name: FITS },
    verdict: 'doubtful',
    why: 'Cùng mã số bảo hiểm xã hội nhưng giấy tờ tùy thân khác nhau.',
  },
  {
    when: { identity: DIFFER, code: AGREE, name: FITS },
    verdict: 'doubtful',
    why: 'Cùng mã người bệnh nhưng giấy tờ tùy thân khác nhau.',
  },
  { when: { identity: DIFFER }, verdict: 'different', why: 'Giấy tờ tùy thân khác nhau.' },
  {
    when: { identity: AGREE, name: AGREE, birth: NOT_OTHER, sex: NOT_OTHER },
    verdict: 'same',
    why: 'Cùng giấy tờ tùy thân và cùng họ tên, không có gì mâu thuẫn.',
  },
  {
    when: { identity: AGREE },
    verdict: 'doubtful',
    why: 'Cùng giấy tờ tùy thân nhưng họ tên, ngày sinh hoặc giới tính không khớp.',
  },
  {
    when: { insurance: AGREE, childCard: AGREE, name: DIFFER, birth: DIFFER },
    verdict: 'different',
    why: 'Thẻ trẻ em ghi trùng số nhưng họ tên và ngày sinh khác nhau.',
  },
  {
    when: { insurance: AGREE, childCard: AGREE, name: AGREE, birth: AGREE, sex: NOT_OTHER },
    verdict: 'same',
    why: 'Cùng thẻ trẻ em, cùng họ tên và ngày sinh.',
  },
  {
    when: { insurance: AGREE, childCard: AGREE },
    verdict: 'doubtful',
    why: 'Cùng số thẻ trẻ em; có thể là anh chị em sinh đôi hoặc trẻ chưa có tên riêng.',
  },
  {
    when: { insurance: AGREE, name: AGREE, birth: FITS, sex: NOT_OTHER },
    verdict: 'same',
    why: 'Cùng mã số bảo hiểm xã hội, cùng họ tên và ngày sinh.',
  },
  {
    when: { insurance: AGREE },
    verdict: 'doubtful',
    why: 'Cùng mã số bảo hiểm xã hội nhưng họ tên, ngày sinh hoặc giới tính không khớp.',
  },
  {
    when: { code: AGREE, insurance: DIFFER, name: FITS, birth: NOT_OTHER },
    verdict: 'doubtful',
    why: 'Cùng mã người bệnh nhưng mã số bảo hiểm xã hội khác nhau.',
  },
  {
    when: { code: AGREE, name: AGREE, birth: AGREE, sex: NOT_OTHER },
    verdict: 'same',
    why: 'Cùng mã người bệnh, cùng họ tên và ngày sinh.',
  },
  {
    when: { code: AGREE, name: DIFFER, birth: DIFFER },
    verdict: 'different',
    why: 'Chỉ trùng mã người bệnh, họ tên và ngày sinh khác nhau.',
  },
  {
    when: { code: AGREE },
    verdict: 'doubtful',
    why: 'Cùng mã người bệnh nhưng họ tên, ngày sinh hoặc giới tính không khớp.',
  },
  {
    when: { insurance: DIFFER },
    verdict: 'different',
    why: 'Mã số bảo hiểm xã hội khác nhau, không có số nào chung.',
  },
  {
    when: { code: ['unknown', 'differ'], name: AGREE, birth: AGREE, sex: AGREE },
    verdict: 'doubtful',
    why: 'Cùng họ tên, ngày sinh và giới tính nhưng không có số nào chung.',
  },
  { when: {}, verdict: 'different', why: 'Không có số nào chung.' },
]

/** Aspects a person reads about, in this order. */
const SPOKEN: Readonly<Partial<Record<Aspect, string>>> = {
  identity: 'giấy tờ tùy thân',
  insurance: 'mã số bảo hiểm xã hội',
  code: 'mã người bệnh',
  name: 'họ tên',
  birth: 'ngày sinh',
  sex: 'giới tính',
}

/**
 * Are these two the same person? Symmetric; asks nobody and merges nothing.
 * @returns `why` in Vietnamese: the rule, then what agrees and what does not; without any particulars
 */
export function joinPatients(
  a: Dossier | Patient | PatientKeys,
  b: Dossier | Patient | PatientKeys,
): { readonly verdict: JoinVerdict; readonly why: string } {
  const comparisons = compare(keysOf(a), keysOf(b))
  const rule = joinRules.find(({ when }) =>
    (Object.keys(when) as Aspect[]).every((aspect) => when[aspect]?.includes(comparisons[aspect])),
  )
  if (!rule) throw new Error('the last rule fits everybody')
  return { verdict: rule.verdict, why: `${rule.why} ${detailsOf(comparisons)}`.trim() }
}

const keysOf = (source: Dossier | Patient | PatientKeys): PatientKeys =>
  'insuranceNumbers' in source ? source : patientKeys(source)

function compare(a: PatientKeys, b: PatientKeys): Record<Aspect, Comparison> {
  return {
    identity: papersOf(a, b),
    insurance: lists(a.insuranceNumbers, b.insuranceNumbers),
    childCard: lists(a.childrenNumbers, b.childrenNumbers),
    code: lists(a.codes, b.codes),
    name: names(a.name, b.name),
    birth: births(a.birthDate, b.birthDate),
    sex: lists(a.sex ? [a.sex] : [], b.sex ? [b.sex] : []),
  }
}

function lists(a: readonly string[], b: readonly string[]): Comparison {
  if (a.length === 0 || b.length === 0) return 'unknown'
  return a.some((each) => b.includes(each)) ? 'agree' : 'differ'
}

/** A passport is renewed and a former ID gave way to the personal one: only two personal IDs contradict each other. */
function papersOf(a: PatientKeys, b: PatientKeys): Comparison {
  if (lists(a.personalIds, b.personalIds) !== 'unknown') return lists(a.personalIds, b.personalIds)
  return lists(a.otherPapers, b.otherPapers) === 'agree' ? 'agree' : 'unknown'
}

function names(a: string, b: string): Comparison {
  if (a === '' || b === '') return 'unknown'
  if (a === b) return 'agree'
  return areNearNames(a, b) ? 'near' : 'differ'
}

function births(a: string, b: string): Comparison {
  if (a === '' || b === '') return 'unknown'
  if (a === b) return a.length === FULL_DATE ? 'agree' : 'near'
  return a.startsWith(b) || b.startsWith(a) ? 'near' : 'differ'
}

const FULL_DATE = 'yyyy-MM-dd'.length

function detailsOf(comparisons: Readonly<Record<Aspect, Comparison>>): string {
  const named = (word: string, ...wanted: readonly Comparison[]): string[] => {
    const aspects = (Object.keys(SPOKEN) as Aspect[]).filter((aspect) => wanted.includes(comparisons[aspect]))
    return aspects.length > 0 ? [`${word} ${aspects.map((aspect) => SPOKEN[aspect]).join(', ')}`] : []
  }
  const parts = [...named('trùng', 'agree'), ...named('gần giống', 'near'), ...named('khác', 'differ')]
  return parts.length > 0 ? `(${parts.join('; ')})` : ''
}

import { patientId, type PersonWish } from './person.ts'
import { clanName, nameFrom } from './person-name.ts'
import type { LifeWish } from './life-wish.ts'
import { wardOf } from './tables/wards.ts'

/** Numbers of the people whose stories are fixed; everybody after them is drawn. */
export const specialNumbers = {
  /** Haemodialysis three times a week: 2,000 encounters. */
  dialysis: 1,
  /** One stay of 120 days, from intensive care to going home. */
  longStay: 2,
  /** Two women of one ward whose names differ by one tone mark. */
  nearNameA: 3,
  nearNameB: 4,
  /** Registered, nothing else yet. */
  newcomer: 5,
  deceased: 6,
  /** A name of eight words. */
  longName: 7,
  /** Gave birth here; antenatal visits before it. */
  mother: 8,
  /** Small child with vaccinations. */
  child: 9,
  /** Ten years of diabetes: long trends. */
  longTrend: 10,
  /** Lies in the ward now. */
  inpatient: 11,
  /** Sits in the clinic now. */
  waiting: 12,
  /** Ê-đê name with an apostrophe, only the year of birth known, no papers. */
  yearOnly: 13,
} as const

export type SpecialPatient = keyof typeof specialNumbers

/** Patient ids of the fixed stories, for tests, documentation and demonstrations. */
export const specialPatients = Object.fromEntries(
  Object.entries(specialNumbers).map(([key, number]) => [key, patientId(number)]),
) as Readonly<Record<SpecialPatient, string>>

interface Story {
  readonly person: PersonWish
  readonly life?: LifeWish
  readonly empty?: boolean
}

const ward = wardOf('00199')

const stories: Readonly<Record<number, Story>> = {
  1: {
    person: {
      sex: 'male',
      born: '1966-08-17',
      name: nameFrom('Trần', 'Đình Khải'),
      ward: wardOf('00118'),
      insured: true,
    },
  },
  2: {
    person: {
      sex: 'male',
      born: '1968-02-09',
      name: nameFrom('Phạm', 'Quốc Thịnh'),
      ward: wardOf('13684'),
      insured: true,
    },
  },
  3: {
    person: { sex: 'female', born: '1971-04-12', name: nameFrom('Nguyễn', 'Thị Thanh Hoa'), ward, insured: true },
    life: { chronic: ['I10', 'E78.2'] },
  },
  4: {
    person: { sex: 'female', born: '1971-04-21', name: nameFrom('Nguyễn', 'Thị Thanh Hòa'), ward, insured: true },
    life: { chronic: ['E11.9'] },
  },
  5: { person: { sex: 'male', born: '1998-10-03', name: nameFrom('Lê', 'Gia Huy') }, empty: true },
  6: {
    person: { sex: 'male', born: '1939-06-25', name: nameFrom('Đỗ', 'Văn Tường'), insured: true },
    life: { chronic: ['I50.9', 'I10'], stays: ['I50.0', 'J18.9'], dies: true },
  },
  7: {
    person: { sex: 'female', born: '1987-01-30', name: nameFrom('Công Tằng Tôn Nữ', 'Hoàng Phương Khánh Linh') },
    life: { chronic: ['E05.0'] },
  },
  8: {
    person: { sex: 'female', born: '1994-12-08', name: nameFrom('Vũ', 'Khánh Chi'), insured: true },
    life: { stays: ['O82.0'] },
  },
  9: {
    person: { sex: 'male', born: '2023-05-19', name: nameFrom('Hoàng', 'Minh Quân'), insured: true },
    life: { stays: ['A09.0'] },
  },
  10: {
    person: { sex: 'female', born: '1961-09-14', name: nameFrom('Lương', 'Thị Bích Ngọc'), insured: true },
    life: { chronic: ['E11.9', 'I10', 'N18.3'], since: 10, allergies: 'some' },
  },
  11: {
    person: { sex: 'male', born: '1954-03-02', name: nameFrom('Bùi', 'Xuân Trường'), insured: true },
    life: { chronic: ['J44.9'], inpatient: 0, inpatientFor: 'J44.1', allergies: 'some' },
  },
  12: {
    person: { sex: 'female', born: '1979-07-07', name: nameFrom('Đặng', 'Thu Phương'), insured: true },
    life: { chronic: ['E03.9'], waiting: true, allergies: 'unasked' },
  },
  13: {
    person: {
      sex: 'female',
      born: '1948-01-01',
      yearOnly: true,
      name: clanName("H'Yer", 'Niê Kđăm'),
      ward: wardOf('22114'),
    },
    life: { chronic: ['I10'] },
  },
}

/** Every so many patients one is like this, so that a hospital of any size looks alive. */
const rhythm = { inpatient: [40, 17], waiting: [25, 14], empty: [60, 19], dies: [150, 77] } as const

const falls = (number: number, [every, offset]: readonly [number, number]): boolean => number % every === offset

/** The story of a patient: fixed for the special ones, else only what keeps the hospital busy. */
export function storyOf(number: number): Story {
  const fixed = stories[number]
  if (fixed) return fixed
  if (falls(number, rhythm.empty)) return { person: {}, empty: true }
  if (falls(number, rhythm.dies))
    return { person: { born: '1944-11-05' }, life: { chronic: ['I25.9'], stays: ['I63.9'], dies: true } }
  if (falls(number, rhythm.inpatient))
    return { person: {}, life: { inpatient: Math.floor(number / rhythm.inpatient[0]) + 1 } }
  return { person: {}, life: { waiting: falls(number, rhythm.waiting) } }
}

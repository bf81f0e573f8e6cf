import { seeded, type Random } from './random.ts'
import { ethnicGroups } from './tables/ethnic-groups.ts'
import { noOccupation, occupations } from './tables/occupations.ts'
import { streets, wards, type Ward } from './tables/wards.ts'
import { insuranceCard, patientCode, personalNumber, phoneNumber } from './identifiers.ts'
import { personName, type PersonName } from './person-name.ts'
import { YEAR, dateOf, midnight, startOf, yearOf, type Minute } from './time.ts'

export type Sex = 'male' | 'female'

/** An invented person, before anything happened to them. */
export interface Person {
  readonly number: number
  /** Id of the Patient resource; every other id of the record begins with it. */
  readonly id: string
  readonly code: string
  readonly sex: Sex
  readonly born: Minute
  /** FHIR date; only the year where papers hold no more. */
  readonly birthDate: string
  readonly name: PersonName
  readonly ward: Ward
  readonly street: string
  readonly ethnicGroup: { readonly code: string; readonly name: string }
  readonly occupation: { readonly code: string; readonly name: string }
  readonly phone?: string
  readonly personalId?: string
  readonly insuranceCard?: string
  readonly contact: { readonly name: PersonName; readonly phone: string; readonly relation: Relation }
}

export type Relation = 'mother' | 'spouse' | 'child'

/** What a story fixes about a person; everything else is drawn. */
export interface PersonWish {
  readonly sex?: Sex
  readonly born?: string
  /** Papers hold only the year of birth. */
  readonly yearOnly?: boolean
  readonly name?: PersonName
  readonly ward?: Ward
  readonly insured?: boolean
}

const PERSON_STREAM = 11

/** Ages of those who come to a general hospital: many small children, many over fifty. */
const ageBands = [
  { from: 0, to: 5, weight: 14 },
  { from: 6, to: 17, weight: 8 },
  { from: 18, to: 39, weight: 24 },
  { from: 40, to: 59, weight: 25 },
  { from: 60, to: 79, weight: 23 },
  { from: 80, to: 96, weight: 6 },
]

export const patientId = (number: number): string => `nb-${String(number).padStart(6, '0')}`

/** Age in whole years. */
export const ageAt = (person: Pick<Person, 'born'>, at: Minute): number => Math.floor((at - person.born) / YEAR)

/** Draws the person with this number. The same number is the same person in a hospital of any size. */
export function inventPerson(seed: number, number: number, today: Minute, wish: PersonWish = {}): Person {
  const random = seeded(seed, PERSON_STREAM, number)
  const band = random.weighted(ageBands)
  const drawn = today - Math.floor((random.int(band.from, band.to) + random.next()) * YEAR)
  const born = wish.born ? startOf(wish.born) : midnight(drawn)
  const sex = wish.sex ?? (random.chance(0.54) ? 'female' : 'male')
  const ethnicGroup = random.weighted(ethnicGroups)
  const name = wish.name ?? personName(sex, ethnicGroup.code, yearOf(born), random)
  const ward = wish.ward ?? random.weighted(wards)
  const age = Math.floor((today - born) / YEAR)
  return {
    number,
    id: patientId(number),
    code: patientCode(number),
    sex,
    born,
    // People born before papers were kept well often know only their year.
    birthDate: (wish.yearOnly ?? (age > 64 && !wish.born && random.chance(0.3))) ? String(yearOf(born)) : dateOf(born),
    name,
    ward,
    street: streetOf(ward, random),
    ethnicGroup,
    occupation: age < 18 || age > 62 ? noOccupation : random.weighted(occupations),
    ...papersOf(age, sex, born, ward, wish.insured ?? random.chance(0.91), random),
    contact: contactOf(age, sex, name, random),
  }
}

function streetOf(ward: Ward, random: Random): string {
  if (!ward.name.startsWith('Phường')) return `Thôn ${random.int(1, 12)}`
  const alley = random.chance(0.5) ? ` ngõ ${random.int(2, 220)}` : ''
  return `Số ${random.int(1, 240)}${alley} đường ${random.pick(streets)}`
}

function papersOf(age: number, sex: Sex, born: Minute, ward: Ward, insured: boolean, random: Random) {
  const hasPersonalId = age >= 6 ? random.chance(0.96) : random.chance(0.5)
  return {
    personalId: hasPersonalId ? personalNumber(random.pick(ward.province.birthCodes), sex, born, random) : undefined,
    insuranceCard: insured ? insuranceCard(age, ward.province.code, random) : undefined,
    phone: age >= 14 && random.chance(0.93) ? phoneNumber(random) : undefined,
  }
}

function contactOf(age: number, sex: Sex, name: PersonName, random: Random): Person['contact'] {
  const relation: Relation = age < 18 ? 'mother' : age < 60 ? 'spouse' : 'child'
  const contactSex: Sex =
    relation === 'mother'
      ? 'female'
      : relation === 'spouse'
        ? sex === 'male'
          ? 'female'
          : 'male'
        : random.pick(['male', 'female'])
  const other = personName(contactSex, '01', relation === 'mother' ? 1992 : 1980, random)
  // A man's children carry his family name.
  const family = relation === 'child' && sex === 'male' ? name.family : other.family
  const full = { family, given: other.given, text: [family, ...other.given].join(' ') }
  return { name: full, phone: phoneNumber(random), relation }
}

import type { Random } from './random.ts'
import { familyNames, givenNames, namesByEthnicGroup, newerMiddleNames, olderMiddleNames } from './tables/names.ts'

/** A name in its parts. `given` holds middle names and the given name, in the order they are spoken. */
export interface PersonName {
  readonly text: string
  readonly family: string
  readonly given: readonly string[]
}

/** Splits a written Vietnamese name. @param family the leading words that are the family name */
export function nameFrom(family: string, rest: string): PersonName {
  return { text: `${family} ${rest}`, family, given: rest.split(' ') }
}

/** A name that ends with the clan: "H'Yer Niê Kđăm". */
export const clanName = (given: string, clan: string): PersonName => ({
  text: `${given} ${clan}`,
  family: clan,
  given: given.split(' '),
})

/** Invents a name that fits sex, ethnic group and year of birth. */
export function personName(
  sex: 'male' | 'female',
  ethnicGroup: string,
  yearOfBirth: number,
  random: Random,
): PersonName {
  const own = namesByEthnicGroup[ethnicGroup]
  const middles = (yearOfBirth < 1985 ? olderMiddleNames : newerMiddleNames)[sex]
  const given = random.pick(givenNames[sex])
  if (!own) return nameFrom(random.weighted(familyNames).name, `${otherThan(given, middles, random)} ${given}`)
  // Ê-đê names begin with the sex (Y, H') and end with the clan.
  if (ethnicGroup === '12') return clanName(sex === 'male' ? `Y ${given}` : `H'${given}`, random.pick(own.family))
  return nameFrom(random.pick(own.family), `${otherThan(given, own[sex], random)} ${given}`)
}

/** A middle name that is not the given name again ("Minh Minh" reads like a mistake). */
function otherThan(given: string, middles: readonly string[], random: Random): string {
  const middle = random.pick(middles)
  return middle.endsWith(given) ? (middles[0] === given ? (middles[1] as string) : (middles[0] as string)) : middle
}

import type { Reading } from './what-was-typed.ts'

/** More than this and the clerk is asked for a birth year instead of a longer list. */
export const MOST_FOUND = 30

const withParameters = (type: string, parameters: Readonly<Record<string, string | undefined>>): string => {
  const query = new URLSearchParams()
  for (const [name, value] of Object.entries(parameters)) if (value) query.append(name, value)
  return `${type}?${query}`
}

/** A comma, dollar, bar or backslash inside a value is text, not a FHIR separator. @source http://hl7.org/fhir/R4/search.html#escaping */
const literally = (value: string): string => value.replace(/[\\,$|]/g, '\\$&')

/** Whose insurance card is meant: the card is a record of its own, the person is included. */
const byCard = (parameters: Readonly<Record<string, string>>): string =>
  withParameters('Coverage', { _count: '5', ...parameters, _include: 'Coverage:beneficiary' })

/**
 * The FHIR searches, relative to the server's base, that answer one reading; their results are merged.
 * `initials` and `last-digits` are search parameters of our server.
 */
export function patientSearches(reading: Reading): readonly string[] {
  const _count = String(MOST_FOUND)
  switch (reading.kind) {
    case 'name':
      return namedSearches('name', literally(reading.name), reading)
    case 'initials':
      return namedSearches('initials', reading.letters, reading)
    case 'born':
      return [withParameters('Patient', { birthdate: reading.born, _count })]
    case 'ending':
      return [
        withParameters('Patient', { 'last-digits': reading.digits, _count }),
        byCard({ 'last-digits': reading.digits, _count }),
      ]
    case 'phone':
      return [withParameters('Patient', { phone: reading.numbers.map(literally).join(','), _count })]
    case 'code': {
      const identifier = reading.codes.map(literally).join(',')
      return [withParameters('Patient', { identifier, _count }), byCard({ identifier })]
    }
  }
}

interface Narrowing {
  readonly born?: string
  readonly endsIn?: string
}

/** By name or initials; four digits behind them are the end of a number of the person or of their insurance card. */
function namedSearches(parameter: 'name' | 'initials', value: string, { born, endsIn }: Narrowing): readonly string[] {
  const named = { [parameter]: value, birthdate: born, _count: String(MOST_FOUND) }
  if (!endsIn) return [withParameters('Patient', named)]
  return [
    withParameters('Patient', { ...named, 'last-digits': endsIn }),
    byCard({ 'last-digits': endsIn, [`beneficiary.${parameter}`]: value, _count: String(MOST_FOUND) }),
  ]
}

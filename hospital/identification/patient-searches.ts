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

/** The FHIR searches, relative to the server's base, that answer one reading; their results are merged. */
export function patientSearches(reading: Reading): readonly string[] {
  const _count = String(MOST_FOUND)
  switch (reading.kind) {
    case 'name':
      return [withParameters('Patient', { name: literally(reading.name), birthdate: reading.born, _count })]
    case 'born':
      return [withParameters('Patient', { birthdate: reading.born, _count })]
    case 'phone':
      return [withParameters('Patient', { phone: reading.numbers.map(literally).join(','), _count })]
    case 'code': {
      const identifier = reading.codes.map(literally).join(',')
      return [
        withParameters('Patient', { identifier, _count }),
        withParameters('Coverage', { identifier, _include: 'Coverage:beneficiary', _count: '5' }),
      ]
    }
  }
}

/** @source http://hl7.org/fhir/R4/http.html#mime-type */
import { valueOf, type Parameters } from './query.ts'

const JSON_TYPES: readonly string[] = [
  'application/fhir+json',
  'application/json',
  'text/json',
  'application/json+fhir',
  'application/*',
  '*/*',
  'json',
]

/** Whether JSON of FHIR 4.0 may be sent. `_format` decides where it is given, the Accept header otherwise. */
export function acceptsJson(accept: string | undefined, parameters: Parameters): boolean {
  const format = valueOf(parameters, '_format')
  // in a query a plus sign is a space, and many clients do not escape it
  if (format !== undefined) return isJson(format.replace(' ', '+'))
  return accept === undefined || accept === '' || accept.split(',').some(isJson)
}

function isJson(range: string): boolean {
  const [type = '', ...parameters] = range.toLowerCase().split(';')
  if (!JSON_TYPES.includes(type.trim())) return false
  const values = new Map(
    parameters.map((one) => one.split('=').map((part) => part.trim().replaceAll('"', ''))) as [string, string][],
  )
  const fhirVersion = values.get('fhirversion')
  return Number(values.get('q') ?? 1) !== 0 && (fhirVersion === undefined || /^4\.0(\.\d)?$/.test(fhirVersion))
}

/**
 * The primitive types: JSON kind, the standard's regular expression, and what the expression cannot say (that
 * 30 February does not exist). The expressions are applied as they stand, except where a backtracking engine could
 * be made to run for ever: base64Binary is checked by hand.
 *
 * @source http://hl7.org/fhir/R4/datatypes.html#primitive
 */
import { typeDefinition } from '#fhir/definitions'
import type { Check, Run } from './run.ts'

const MAX_INTEGER = 2 ** 31 - 1
const MAX_STRING_BYTES = 1024 * 1024
/** Control characters other than tab, line feed and carriage return; those beyond ASCII are allowed. */
const CONTROL = /[^\P{Cc}\t\n\r\u007f-\u009f]/u
const NOT_BASE64 = /[^A-Za-z0-9+/=\s]/
const WHITE = /\s+/g
const PADDED = /^[A-Za-z0-9+/]*={0,2}$/
const UUID = /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const OID = /^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/

const kindOf = (value: unknown) => (Array.isArray(value) ? 'array' : value === null ? 'null' : typeof value)

function wrongKind(expected: string, value: unknown, run: Run): void {
  run.refuse('FHIR-STRUCTURE-2', { expected, found: kindOf(value) })
}

/** Strings of every kind: right JSON kind, not empty, no control characters; then `more`. */
const text =
  (more?: (value: string, run: Run) => void): Check =>
  (value, run) => {
    if (typeof value !== 'string') return wrongKind('string', value, run)
    if (value.length === 0) return run.refuse('FHIR-STRUCTURE-3', { found: '""' })
    if (CONTROL.test(value)) return run.refuse('FHIR-PRIMITIVE-4')
    more?.(value, run)
  }

const number =
  (expected: string, allowed: (value: number) => boolean): Check =>
  (value, run) => {
    if (typeof value !== 'number') return wrongKind('number', value, run)
    if (!allowed(value)) run.refuse('FHIR-PRIMITIVE-1', { expected })
  }

/** The standard's expressions are those of XML Schema, whose white space is four characters, and not all of Unicode's. */
const asWritten = (pattern: string) =>
  pattern.replaceAll('[^\\s]', '[^ \\t\\r\\n]').replaceAll('\\S', '[^ \\t\\r\\n]').replaceAll('\\s', '[ \\t\\r\\n]')

/** Text that must match the standard's expression for the type. */
function matching(type: string, more?: (value: string, run: Run) => void): Check {
  const pattern = new RegExp(`^(?:${asWritten(typeDefinition(type)!.pattern!)})$`)
  return text((value, run) => {
    if (!pattern.test(value)) run.refuse('FHIR-PRIMITIVE-1', { expected: type })
    else more?.(value, run)
  })
}

/** The expressions allow 30 February and 31 April. */
function existingDay(value: string, run: Run): void {
  if (value.length < 10) return
  const day = Number(value.slice(8, 10))
  if (day > 28 && day > daysIn(Number(value.slice(0, 4)), Number(value.slice(5, 7)))) {
    run.refuse('FHIR-PRIMITIVE-2', { expected: 'YYYY-MM-DD' })
  }
}

const daysIn = (year: number, month: number) =>
  month === 2 ? (year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28) : 30 + ((month + (month >> 3)) & 1)

function tooLong(value: string, run: Run): void {
  if (value.length > MAX_STRING_BYTES / 4 && Buffer.byteLength(value) > MAX_STRING_BYTES) run.refuse('FHIR-PRIMITIVE-3')
}

const base64: Check = (value, run) => {
  if (typeof value !== 'string') return wrongKind('string', value, run)
  if (value.length === 0) return run.refuse('FHIR-STRUCTURE-3', { found: '""' })
  const dense = NOT_BASE64.test(value) ? undefined : value.replace(WHITE, '')
  if (dense === undefined || dense.length % 4 !== 0 || !PADDED.test(dense)) {
    run.refuse('FHIR-PRIMITIVE-1', { expected: 'base64Binary' })
  }
}

/** Addresses may not contain white space; those that claim to be a UUID or OID must be one; `#x` refers within the root. */
const address = (type: string) =>
  matching(type, (value, run) => {
    const first = value.charCodeAt(0)
    if (first === 35) run.localReferences?.add(value)
    else if (first === 117 && value.startsWith('urn:')) {
      if (
        value.startsWith('urn:uuid:')
          ? !UUID.test(value.slice(0, 45))
          : value.startsWith('urn:oid:') && !OID.test(value.split('|')[0]!)
      ) {
        run.refuse('FHIR-PRIMITIVE-1', { expected: value.startsWith('urn:oid:') ? 'oid' : 'uuid' })
      }
    }
  })

const boolean: Check = (value, run) => {
  if (typeof value !== 'boolean') wrongKind('boolean', value, run)
}

const CHECKS: Readonly<Record<string, () => Check>> = {
  boolean: () => boolean,
  integer: () => number('integer', (n) => Number.isInteger(n) && n >= -MAX_INTEGER - 1 && n <= MAX_INTEGER),
  unsignedInt: () => number('unsignedInt', (n) => Number.isInteger(n) && n >= 0 && n <= MAX_INTEGER),
  positiveInt: () => number('positiveInt', (n) => Number.isInteger(n) && n >= 1 && n <= MAX_INTEGER),
  decimal: () => number('decimal', Number.isFinite),
  string: () => text(tooLong),
  markdown: () => text(tooLong),
  code: () => matching('code'),
  id: () => matching('id'),
  uri: () => address('uri'),
  url: () => address('url'),
  canonical: () => address('canonical'),
  oid: () => matching('oid'),
  uuid: () => matching('uuid'),
  base64Binary: () => base64,
  date: () => matching('date', existingDay),
  dateTime: () => matching('dateTime', existingDay),
  instant: () => matching('instant', existingDay),
  time: () => matching('time'),
}

const compiled = new Map<string, Check>()

/** The check of a primitive type. xhtml is not here: it is checked with its Narrative. */
export function primitiveCheck(type: string): Check {
  let check = compiled.get(type)
  if (check === undefined) {
    check = (CHECKS[type] ?? CHECKS['string']!)()
    compiled.set(type, check)
  }
  return check
}

export const isPrimitive = (type: string): boolean => typeDefinition(type)?.kind === 'primitive'

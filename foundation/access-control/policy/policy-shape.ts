/**
 * Whether a document has the shape of a policy. Unknown fields are refused: a misspelt condition would otherwise be one
 * that is never asked.
 */
import { isResourceType } from '#fhir/definitions'
import { no, type Refusal, type Sentence } from '#fhir/outcome'
import { ALL_AREAS } from '../areas.ts'
import { ALL_LABELS } from '../labels.ts'
import { isRange } from '../networks.ts'
import { ALL_ACTS, ALL_KINDS, ALL_PURPOSES, ALL_ROLES } from '../words.ts'

/** Looks at one value. @param at its place in the document: `lines[3].roles[0]` */
type Look = (value: unknown, at: string) => readonly Refusal[]

const FINE: readonly Refusal[] = []

const wrong = (at: string, message: Sentence): readonly Refusal[] => [no('POLICY-1', 'structure', message, at)]

const NOT_TEXT = { vi: 'Phải là một chuỗi không trống', en: 'A text that is not empty is expected' }
const NOT_LIST = { vi: 'Phải là một danh sách không trống', en: 'A list that is not empty is expected' }
const NOT_OBJECT = { vi: 'Phải là một đối tượng', en: 'An object is expected' }
const MISSING = { vi: 'Thiếu trường này', en: 'This field is missing' }
const UNKNOWN_FIELD = { vi: 'Chính sách không có trường này', en: 'A policy has no such field' }
const UNKNOWN_WORD = { vi: 'Từ này không có trong chính sách', en: 'A policy does not know this word' }
const NOT_NUMBER = { vi: 'Số nằm ngoài khoảng cho phép', en: 'A whole number within its bounds is expected' }
const NOT_TIME = { vi: 'Phải là ngày giờ có múi giờ', en: 'A date and time with offset is expected' }

const text: Look = (value, at) => (typeof value === 'string' && value.trim() !== '' ? FINE : wrong(at, NOT_TEXT))

const matching =
  (isRight: (value: string) => boolean, message: Sentence): Look =>
  (value, at) =>
    typeof value === 'string' && isRight(value) ? FINE : wrong(at, message)

const oneOf = (words: readonly string[]): Look => matching((value) => words.includes(value), UNKNOWN_WORD)

const exactly =
  (wanted: unknown): Look =>
  (value, at) =>
    value === wanted ? FINE : wrong(at, UNKNOWN_WORD)

const whole =
  (least: number, most: number): Look =>
  (value, at) =>
    typeof value === 'number' && Number.isInteger(value) && value >= least && value <= most
      ? FINE
      : wrong(at, NOT_NUMBER)

const listOf =
  (look: Look, least = 1): Look =>
  (value, at) => {
    if (!Array.isArray(value) || value.length < least) return wrong(at, NOT_LIST)
    return value.flatMap((each, i) => look(each, `${at}[${i}]`))
  }

const orNull =
  (look: Look): Look =>
  (value, at) =>
    value === null ? FINE : look(value, at)

type Fields = Readonly<Record<string, Look>>

const object =
  (required: Fields, optional: Fields = {}): Look =>
  (value, at) => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return wrong(at, NOT_OBJECT)
    const place = (name: string) => (at === '' ? name : `${at}.${name}`)
    const missing = Object.keys(required).filter((name) => !Object.hasOwn(value, name))
    const present = Object.entries(value).flatMap(([name, each]) => {
      const look = Object.hasOwn(required, name)
        ? required[name]
        : Object.hasOwn(optional, name)
          ? optional[name]
          : null
      return look ? look(each, place(name)) : wrong(place(name), UNKNOWN_FIELD)
    })
    return [...missing.flatMap((name) => wrong(place(name), MISSING)), ...present]
  }

const HOUR = /^([01]\d|2[0-3]):[0-5]\d$/
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?([+-]\d\d:\d\d|Z)$/

const instant = matching((value) => INSTANT.test(value) && !Number.isNaN(Date.parse(value)), NOT_TIME)
const sentence: Fields = { vi: text, en: text }
const stated: Fields = {
  id: matching((value) => /^[a-z][a-z0-9-]{1,63}$/.test(value), UNKNOWN_WORD),
  ...sentence,
  source: text,
}
const roles = listOf(oneOf(ALL_ROLES))
const hour = matching((value) => HOUR.test(value) || value === '24:00', NOT_TIME)

const line = object(
  {
    ...stated,
    roles,
    acts: listOf(oneOf(ALL_ACTS)),
    areas: listOf(oneOf(ALL_AREAS)),
    tie: oneOf(['none', 'relation', 'own']),
  },
  {
    types: listOf(matching(isResourceType, UNKNOWN_WORD)),
    kinds: listOf(oneOf(ALL_KINDS)),
    window: object({ weekdays: listOf(whole(1, 7)), from: hour, to: hour }),
    onDuty: exactly(true),
    factors: exactly(2),
    network: oneOf(['inside', 'outside']),
    scoped: exactly(true),
    limited: exactly(true),
  },
)

const labels = listOf(oneOf(ALL_LABELS))

const breakGlass = object({
  hours: whole(1, 24),
  text: whole(10, 1000),
  reasons: listOf(object({ code: stated['id'] as Look, ...sentence })),
  rules: listOf(object({ ...stated, roles, reasons: listOf(text), labels })),
})

/** What is wrong with the shape of a document; empty where it has a policy's. */
export const shapeOfPolicy: Look = object({
  id: text,
  version: whole(1, 1_000_000),
  from: instant,
  until: orNull(instant),
  title: object(sentence),
  lines: listOf(line),
  clearances: listOf(object({ ...stated, roles, labels }), 0),
  breakGlass,
  networks: object({
    inside: listOf(matching(isRange, { vi: 'Phải là dải địa chỉ', en: 'A range of addresses is expected' })),
    exempt: listOf(oneOf(ALL_ROLES), 0),
  }),
  grants: listOf(
    object({
      ...stated,
      roles,
      purposes: listOf(oneOf(ALL_PURPOSES)),
      days: whole(1, 366),
      never: listOf(oneOf(ALL_LABELS), 0),
    }),
    0,
  ),
  representations: listOf(
    object({ ...stated, relationships: listOf(text), role: oneOf(['patient', 'representative']) }),
    0,
  ),
})

/** Names, addresses and other text. @source http://hl7.org/fhir/R4/search.html#string */
import type { TypedValue } from '#fhir/fhirpath'
import type { Collector } from './collector.ts'
import { fields, list, text } from './fields.ts'
import { fold } from './fold.ts'
import { exactForm, limited } from './forms.ts'
import { hashUnder } from './hash.ts'
import { parameterLanes, parameterNumber } from './parameters.ts'

/** Rows kept for one name or address at most. */
const MOST_ROWS = 24

/** @returns what adds a value of the parameter to a collector */
export function stringExtractor(owner: string, code: string): (value: TypedValue, into: Collector) => void {
  const number = parameterNumber(owner, code)
  const exact = parameterLanes(owner, `${code}:exact`)
  const sorted = parameterNumber(owner, `${code}:sort`)
  return ({ type, value }, into) => {
    const { parts, readings } = partsOf(type, value)
    for (const part of parts) into.addTerm(hashUnder(exact, exactForm(part)))
    if (type === 'HumanName') into.addFirst(sorted, limited(fold(readings?.[0] || (parts[0] ?? ''))))
    const folded = readings === null ? parts.map((part) => fold(part)) : startsOf(readings.map((each) => fold(each)))
    for (const each of folded.slice(0, MOST_ROWS)) if (each !== '') into.addString(number, limited(each))
  }
}

interface Parts {
  /** what `:exact` compares with */
  readonly parts: readonly string[]
  /** texts that may be entered at any word; null: found from their beginning only */
  readonly readings: readonly string[] | null
}

const ADDRESS_PARTS = ['line', 'city', 'district', 'state', 'postalCode', 'country', 'text'] as const

function partsOf(type: string, value: unknown): Parts {
  if (type === 'HumanName') return nameParts(fields(value))
  if (type === 'Address') {
    const address = fields(value)
    const parts = texts(ADDRESS_PARTS.flatMap((part) => list(address[part])))
    return { parts, readings: parts }
  }
  return { parts: texts([value]), readings: null }
}

/** A Vietnamese name is read family first; foreign ones are also written given first. Both orders are found. */
function nameParts(name: Readonly<Record<string, unknown>>): Parts {
  const family = texts([name['family']])
  const given = texts(list(name['given']))
  const around = texts([...list(name['prefix']), ...list(name['suffix'])])
  const whole = texts([name['text']])
  const vietnamese = [...family, ...given].join(' ')
  const western = [...given, ...family].join(' ')
  return {
    parts: [...new Set([...family, ...given, ...whole, vietnamese, ...around])].filter((part) => part !== ''),
    readings: [vietnamese, western, ...whole, ...around],
  }
}

const texts = (values: readonly unknown[]): string[] => values.flatMap((value) => text(value) ?? [])

/**
 * The readings from each of their words on, without those that another one begins with: a search by prefix finds the
 * longer one just as well.
 */
function startsOf(readings: readonly string[]): readonly string[] {
  const starts = new Set<string>()
  for (const reading of readings) {
    for (let at = 0; at >= 0; at = reading.indexOf(' ', at + 1)) starts.add(reading.slice(at).trimStart())
  }
  const sorted = [...starts].toSorted()
  return sorted.filter((start, i) => start !== '' && !sorted[i + 1]?.startsWith(start))
}

/** What a questionnaire's item asks of each single answer. @source http://hl7.org/fhir/R4/questionnaire.html */
import { bytesIn } from './attachments.ts'
import { choiceOf, extensionValue, extensionValues, numberOf, objectOf, objectsOf, textOf } from './json-view.ts'
import { isMore, isOtherKind } from './magnitudes.ts'
import { typeInAddress } from './references.ts'
import { isObject, type JsonObject, type Run } from './run.ts'
import { type FindValueSet, isInValueSet } from './value-sets.ts'

const CORE = 'http://hl7.org/fhir/StructureDefinition/'
const SDC = 'http://hl7.org/fhir/uv/sdc/StructureDefinition/'

/** Item type → types of value, as they end the property's name. */
const ANSWER_TYPES: Readonly<Record<string, readonly string[]>> = {
  boolean: ['Boolean'],
  decimal: ['Decimal', 'Integer'],
  integer: ['Integer'],
  date: ['Date'],
  dateTime: ['DateTime', 'Date'],
  time: ['Time'],
  string: ['String'],
  text: ['String'],
  url: ['Uri'],
  choice: ['Coding'],
  'open-choice': ['Coding', 'String'],
  attachment: ['Attachment'],
  reference: ['Reference'],
  quantity: ['Quantity'],
}

/** Checks one answer against the item that asked for it. */
export function checkAnswer(item: JsonObject, answer: JsonObject, lookup: FindValueSet, run: Run): void {
  const given = choiceOf(answer, 'value')
  if (given === undefined) return
  const allowed = allowedTypes(item)
  if (allowed !== undefined && !allowed.includes(given.type)) {
    run.refuse('FHIR-FORM-5', { expected: allowed.join(', '), found: given.type })
    return
  }
  if (!isPermitted(item, given.type, given.value, lookup, run)) run.refuse('FHIR-FORM-6')
  for (const check of VALUE_CHECKS[given.type] ?? []) check(item, given.value, run)
}

function allowedTypes(item: JsonObject): readonly string[] | undefined {
  const options = objectsOf(item['answerOption'])
  const types = ANSWER_TYPES[textOf(item['type']) ?? '']
  if (types === undefined) return undefined
  const fromOptions = options.flatMap((option) => choiceOf(option, 'value')?.type ?? [])
  const free =
    item['type'] === 'choice' && options.length === 0 && item['answerValueSet'] === undefined ? ['String'] : []
  return [...new Set([...types, ...fromOptions, ...free])]
}

function isPermitted(item: JsonObject, type: string, value: unknown, lookup: FindValueSet, run: Run): boolean {
  if (item['type'] === 'open-choice' && type === 'String') return true
  const options = objectsOf(item['answerOption'])
  if (options.length > 0) {
    return options.some((option) => sameAnswer(choiceOf(option, 'value')?.value, value))
  }
  const valueSet = textOf(item['answerValueSet'])
  if (valueSet === undefined || type !== 'Coding' || !isObject(value)) return true
  const code = textOf(value['code'])
  if (code === undefined) return true
  return isInValueSet(valueSet, { code, system: textOf(value['system']) ?? '' }, lookup, run) !== false
}

/** Is an answer the option? Codings are compared by system and code. */
export function sameAnswer(option: unknown, value: unknown): boolean {
  if (!isObject(option) || !isObject(value)) return option === value
  if ('reference' in option) return option['reference'] === value['reference']
  return option['code'] === value['code'] && (option['system'] === undefined || option['system'] === value['system'])
}

type ValueCheck = (item: JsonObject, value: unknown, run: Run) => void

const length: ValueCheck = (item, value, run) => {
  const text = textOf(value) ?? ''
  const most = numberOf(item['maxLength'])
  const least = numberOf(extensionValue(item, `${CORE}minLength`))
  if ((most !== undefined && text.length > most) || (least !== undefined && text.length < least))
    run.refuse('FHIR-FORM-7')
}

const range: ValueCheck = (item, value, run) => {
  const least = extensionValue(item, `${CORE}minValue`)
  const most = extensionValue(item, `${CORE}maxValue`)
  if (isMore(least, value) || isMore(value, most)) run.refuse('FHIR-FORM-8')
}

const quantityRange: ValueCheck = (item, value, run) => {
  const least = extensionValue(item, `${SDC}sdc-questionnaire-minQuantity`)
  const most = extensionValue(item, `${SDC}sdc-questionnaire-maxQuantity`)
  const incomparable = [least, most].some((limit) => limit !== undefined && isOtherKind(limit, value))
  if (incomparable || isMore(least, value) || isMore(value, most)) run.refuse('FHIR-FORM-8')
}

const decimalPlaces: ValueCheck = (item, value, run) => {
  const most = numberOf(extensionValue(item, `${CORE}maxDecimalPlaces`))
  const places = /\.(\d+)$/.exec(String(value))?.[1]?.length ?? 0
  if (most !== undefined && places > most) run.refuse('FHIR-FORM-9', { expected: String(most) })
}

/** Expressions of a questionnaire are tried only where they cannot take long: no groups, few repetitions, short text. */
const format: ValueCheck = (item, value, run) => {
  const pattern = textOf(extensionValue(item, `${CORE}regex`))
  const text = textOf(value) ?? ''
  if (pattern === undefined || text.length > 250 || /[()\\]\d|[()]/.test(pattern)) return
  if ((pattern.match(/[*+]|,\}/g) ?? []).length > 3) return
  const expression = compiled(pattern)
  if (expression !== undefined && !expression.test(text)) run.refuse('FHIR-FORM-10')
}

function compiled(pattern: string): RegExp | undefined {
  try {
    return new RegExp(`^(?:${pattern})$`, 'u')
  } catch {
    return undefined
  }
}

const attachment: ValueCheck = (item, value, run) => {
  const { contentType, data, size } = objectOf(value)
  const kinds = extensionValues(item, `${CORE}mimeType`)
  if (kinds.length > 0 && !kinds.includes(contentType)) run.refuse('FHIR-FORM-11', { expected: kinds.join(', ') })
  const actual = textOf(data) === undefined ? numberOf(size) : bytesIn(textOf(data)!)
  const most = numberOf(extensionValue(item, `${CORE}maxSize`))
  if (most !== undefined && actual !== undefined && actual > most) run.refuse('FHIR-FORM-12')
}

const target: ValueCheck = (item, value, run) => {
  const allowed = extensionValues(item, `${CORE}questionnaire-referenceResource`)
  const address = textOf(objectOf(value)['reference'])
  const found = address === undefined ? undefined : typeInAddress(address)
  if (allowed.length === 0 || found === undefined || allowed.includes(found)) return
  run.refuse('FHIR-REFERENCE-1', { expected: allowed.join(', '), found })
}

const VALUE_CHECKS: Readonly<Record<string, readonly ValueCheck[]>> = {
  String: [length, format],
  Integer: [range],
  Decimal: [range, decimalPlaces],
  Date: [range],
  DateTime: [range],
  Time: [range],
  Quantity: [quantityRange],
  Attachment: [attachment],
  Reference: [target],
}

import { sameAnswer } from './form-answers.ts'
import { choiceOf, objectsOf } from './json-view.ts'
import type { JsonObject } from './run.ts'

/**
 * Is a question to be asked, given the answers to others?
 *
 * @source http://hl7.org/fhir/R4/questionnaire-definitions.html#Questionnaire.item.enableWhen
 */
export function isEnabled(question: JsonObject, response: JsonObject): boolean {
  const conditions = objectsOf(question['enableWhen'])
  if (conditions.length === 0) return true
  const holds = (condition: JsonObject) => isMet(condition, answersTo(condition['question'], response))
  return question['enableBehavior'] === 'all' ? conditions.every(holds) : conditions.some(holds)
}

function isMet(condition: JsonObject, answers: readonly unknown[]): boolean {
  const wanted = choiceOf(condition, 'answer')?.value
  if (condition['operator'] === 'exists') return answers.length > 0 === (wanted === true)
  const compare = OPERATORS[String(condition['operator'])]
  return compare === undefined || answers.some((answer) => compare(answer, wanted))
}

/** Numbers, dates of one precision and times can be ordered; a quantity by its value when the unit is the same. */
function ordered(test: (order: number) => boolean): (answer: unknown, wanted: unknown) => boolean {
  return (answer, wanted) => {
    const [a, b] = [rank(answer), rank(wanted)]
    return typeof a === typeof b && a !== undefined && b !== undefined && test(a < b ? -1 : a > b ? 1 : 0)
  }
}

function rank(value: unknown): number | string | undefined {
  if (typeof value === 'number' || typeof value === 'string') return value
  const quantity = typeof value === 'object' && value !== null ? (value as JsonObject)['value'] : undefined
  return typeof quantity === 'number' ? quantity : undefined
}

const OPERATORS: Readonly<Record<string, (answer: unknown, wanted: unknown) => boolean>> = {
  '=': (answer, wanted) => sameAnswer(wanted, answer),
  '!=': (answer, wanted) => !sameAnswer(wanted, answer),
  '>': ordered((order) => order > 0),
  '<': ordered((order) => order < 0),
  '>=': ordered((order) => order >= 0),
  '<=': ordered((order) => order <= 0),
}

/** The values given to a question, wherever in the response it stands. */
function answersTo(linkId: unknown, response: JsonObject): unknown[] {
  const found: unknown[] = []
  const waiting = [...objectsOf(response['item'])]
  for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) {
    for (const answer of objectsOf(item['answer'])) {
      const value = choiceOf(answer, 'value')?.value
      if (item['linkId'] === linkId && value !== undefined) found.push(value)
      for (const below of objectsOf(answer['item'])) waiting.push(below)
    }
    for (const below of objectsOf(item['item'])) waiting.push(below)
  }
  return found
}

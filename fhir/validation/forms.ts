/**
 * A filled-in form against the questionnaire it answers, where that is at hand.
 *
 * @source http://hl7.org/fhir/R4/questionnaireresponse.html
 */
import { isEnabled } from './form-conditions.ts'
import { checkAnswer, sameAnswer } from './form-answers.ts'
import { choiceOf, extensionValue, objectsOf, textOf } from './json-view.ts'
import { isObject, type JsonObject, type Run } from './run.ts'
import type { FindValueSet } from './value-sets.ts'

const EXCLUSIVE = 'http://hl7.org/fhir/StructureDefinition/questionnaire-optionExclusive'
/** Items of these types have no answers of their own. */
const WITHOUT_ANSWERS = new Set(['group', 'display', 'question'])
/** Only a form that was handed in must be complete. */
const HANDED_IN = new Set(['completed', 'amended'])

interface Form {
  readonly response: JsonObject
  readonly complete: boolean
  readonly lookup: FindValueSet
  readonly run: Run
}

/** Checks a response where its questionnaire is contained in it or can be found. */
export function checkForm(response: JsonObject, run: Run): void {
  const canonical = textOf(response['questionnaire'])
  if (canonical === undefined) return
  const questionnaire = canonical.startsWith('#')
    ? containedIn(response, canonical)
    : run.find(canonical, 'Questionnaire')
  if (!isObject(questionnaire) || questionnaire['resourceType'] !== 'Questionnaire') return
  const form: Form = {
    response,
    run,
    complete: HANDED_IN.has(textOf(response['status']) ?? ''),
    lookup: (address) =>
      address.startsWith('#') ? containedIn(questionnaire, address) : run.find(address, 'ValueSet'),
  }
  checkItems(objectsOf(questionnaire['item']), response, form)
}

const containedIn = (resource: JsonObject, address: string) =>
  objectsOf(resource['contained']).find((contained) => contained['id'] === address.slice(1))

/** The items below a response, a group or an answer. */
function checkItems(asked: readonly JsonObject[], holder: JsonObject, form: Form): void {
  const { run } = form
  const given = objectsOf(holder['item'])
  given.forEach((item, index) => {
    run.path.push('item', index)
    const question = asked.find((each) => each['linkId'] === item['linkId'])
    if (question === undefined) run.refuse('FHIR-FORM-1', {}, 'linkId')
    else checkItem(question, item, form)
    run.path.length -= 2
  })
  for (const question of asked) {
    const items = given.filter((item) => item['linkId'] === question['linkId'])
    const name = (textOf(question['linkId']) ?? '').slice(0, 64)
    if (items.length > 1 && question['repeats'] !== true) run.refuse('FHIR-FORM-4', { name })
    if (
      question['required'] === true &&
      form.complete &&
      !items.some(isAnswered) &&
      isEnabled(question, form.response)
    ) {
      run.refuse('FHIR-FORM-3', { name })
    }
  }
}

const isAnswered = (item: JsonObject) => objectsOf(item['answer']).length > 0 || objectsOf(item['item']).length > 0

function checkItem(question: JsonObject, item: JsonObject, form: Form): void {
  const { run } = form
  const type = textOf(question['type']) ?? ''
  const answers = objectsOf(item['answer'])
  const below = objectsOf(question['item'])
  if (answers.length > 0 && WITHOUT_ANSWERS.has(type)) run.refuse('FHIR-FORM-2', { name: type })
  if (answers.length > 1 && question['repeats'] !== true) {
    run.refuse('FHIR-FORM-4', { name: (textOf(question['linkId']) ?? '').slice(0, 64) })
  }
  if (answers.length > 0 && !isEnabled(question, form.response)) run.refuse('FHIR-FORM-14')
  answers.forEach((answer, index) => {
    run.path.push('answer', index)
    if (!WITHOUT_ANSWERS.has(type)) checkAnswer(question, answer, form.lookup, run)
    checkItems(below, answer, form)
    run.path.length -= 2
  })
  checkExclusive(question, answers, run)
  if (type === 'group' || answers.length === 0) checkItems(below, item, form)
}

/** "None of these" cannot be chosen together with one of these. */
function checkExclusive(question: JsonObject, answers: readonly JsonObject[], run: Run): void {
  if (answers.length < 2) return
  const exclusive = objectsOf(question['answerOption']).filter((option) => extensionValue(option, EXCLUSIVE) === true)
  const chosen = (option: JsonObject) =>
    answers.some((answer) => sameAnswer(choiceOf(option, 'value')?.value, choiceOf(answer, 'value')?.value))
  if (exclusive.some(chosen)) run.refuse('FHIR-FORM-13')
}

/**
 * Every interaction this server offers, one line each. The routes, the batch and the CapabilityStatement are made from
 * this table, so none of them can promise what another does not do.
 * @source http://hl7.org/fhir/R4/http.html#summary
 */
import { bundle } from './bundle.ts'
import { capabilities } from './capability.ts'
import { create } from './create.ts'
import { conditionalDelete, remove } from './delete.ts'
import { everything, timeline } from './everything.ts'
import type { Act, Answer, Exchange, Target } from './exchange.ts'
import { refused, refusedBy } from './answers.ts'
import { history } from './history.ts'
import type { Interaction } from './interaction.ts'
import { metaOfInstance, metaOfMany } from './meta.ts'
import { conditionalPatch, patch } from './patch.ts'
import { reduced, reductionOf } from './presentation.ts'
import { parseQuery } from './query.ts'
import { read } from './read.ts'
import { search, searchCompartment } from './search.ts'
import { conditionalUpdate, update } from './update.ts'
import { validateOperation } from './validate.ts'
import { vread } from './vread.ts'

const ofPatient = ['Patient']
const withEverything = ['Patient', 'Encounter']
const hl7 = (name: string) => (): string => `http://hl7.org/fhir/OperationDefinition/${name}`
const META = hl7('Resource-meta')
const VALIDATE = hl7('Resource-validate')
const EVERYTHING = (type: string): string => hl7(`${type}-everything`)()
const TIMELINE = (): string => 'urn:lanh:operation:timeline'

const interactions: readonly Interaction[] = [
  { method: 'GET', level: 'system', name: 'metadata', act: (exchange) => capabilities(exchange, interactions) },
  {
    method: 'POST',
    level: 'system',
    name: '',
    act: bundle({ perform: (exchange) => perform(exchange), takes: (asked) => lookUp(asked) !== undefined }),
    code: ['transaction', 'batch'],
  },
  { method: 'GET', level: 'system', name: '', act: search, code: ['search-system'] },
  { method: 'POST', level: 'system', name: '_search', act: search },
  { method: 'GET', level: 'system', name: '_history', act: history, code: ['history-system'] },
  { method: 'GET', level: 'system', name: '$meta', act: metaOfMany, operation: META },
  { method: 'POST', level: 'system', name: '$validate', act: validateOperation, operation: VALIDATE },
  { method: 'GET', level: 'type', name: '', act: search, code: ['search-type'] },
  { method: 'POST', level: 'type', name: '_search', act: search },
  { method: 'POST', level: 'type', name: '', act: create, code: ['create'], statement: { conditionalCreate: true } },
  { method: 'PUT', level: 'type', name: '', act: conditionalUpdate, statement: { conditionalUpdate: true } },
  { method: 'PATCH', level: 'type', name: '', act: conditionalPatch },
  { method: 'DELETE', level: 'type', name: '', act: conditionalDelete, statement: { conditionalDelete: 'single' } },
  { method: 'GET', level: 'type', name: '_history', act: history, code: ['history-type'] },
  { method: 'GET', level: 'type', name: '$meta', act: metaOfMany, operation: META },
  { method: 'POST', level: 'type', name: '$validate', act: validateOperation, operation: VALIDATE },
  {
    method: 'GET',
    level: 'instance',
    name: '',
    act: read,
    code: ['read'],
    statement: { conditionalRead: 'full-support' },
  },
  { method: 'PUT', level: 'instance', name: '', act: update, code: ['update'], statement: { updateCreate: true } },
  { method: 'PATCH', level: 'instance', name: '', act: patch, code: ['patch'] },
  { method: 'DELETE', level: 'instance', name: '', act: remove, code: ['delete'] },
  { method: 'GET', level: 'instance', name: '_history', act: history, code: ['history-instance'] },
  { method: 'GET', level: 'version', name: '', act: vread, code: ['vread'] },
  { method: 'GET', level: 'instance', name: '$meta', act: metaOfInstance, operation: META },
  {
    method: 'GET',
    level: 'instance',
    name: '$everything',
    act: everything,
    types: withEverything,
    operation: EVERYTHING,
  },
  { method: 'GET', level: 'instance', name: '$timeline', act: timeline, types: ofPatient, operation: TIMELINE },
  { method: 'GET', level: 'compartment', name: '', act: searchCompartment, types: ofPatient },
]

/** An operation that only reads may be posted too. @source http://hl7.org/fhir/R4/operations.html#request */
const callable = interactions.flatMap((one): readonly Interaction[] =>
  one.method === 'GET' && one.operation !== undefined ? [one, { ...one, method: 'POST' }] : [one],
)

const byAddress = new Map(callable.map((one) => [`${one.method} ${one.level} ${one.name}`, one]))

const METHODS: readonly Interaction['method'][] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE']

function find(method: string, { level, name, type }: Target): Interaction | undefined {
  const found = byAddress.get(`${method} ${level} ${level === 'compartment' ? '' : name}`)
  return found?.types === undefined || found.types.includes(type) ? found : undefined
}

const lookUp = ({ method, target }: Pick<Exchange, 'method' | 'target'>): Interaction | undefined =>
  find(method === 'HEAD' ? 'GET' : method, target)

/** For a method that the address does not take: 405 with those it takes, 404 where there are none. */
export function notTaken(target: Target): Answer {
  const allowed = METHODS.filter((method) => find(method, target) !== undefined)
  if (allowed.length === 0) return refusedBy('FHIR-HTTP-21')
  return { ...refusedBy('FHIR-HTTP-4'), headers: { allow: allowed.join(', ') } }
}

/** Carries out what was asked; 405 for an address that takes other methods, 404 for one that takes none. */
export const perform: Act = async (exchange) => {
  const { target } = exchange
  const interaction = lookUp(exchange)
  if (interaction === undefined) return notTaken(target)
  const answer = await carryOut(exchange, interaction)
  return REDUCIBLE.includes(target.level) && target.name === '' ? presented(exchange, answer) : answer
}

async function carryOut(exchange: Exchange, interaction: Interaction): Promise<Answer> {
  const { visit } = exchange
  if (visit === null) return interaction.act(exchange)
  const refusal = await visit.before(exchange, interaction)
  return refusal ?? visit.after(exchange, interaction, await interaction.act(exchange))
}

/** Levels whose plain answers are single resources; searches reduce their own. */
const REDUCIBLE: readonly Target['level'][] = ['instance', 'version']

function presented({ query, method }: Exchange, answer: Answer): Answer {
  if (query === '' || method !== 'GET' || typeof answer.body !== 'string' || answer.stored === undefined) return answer
  const parameters = parseQuery(query)
  if (!parameters.ok) return refused(parameters.refusals)
  const reduction = reductionOf(parameters.value)
  if (!reduction.ok) return refused(reduction.refusals)
  if (reduction.value === null) return answer
  return { ...answer, body: reduced(answer.body, answer.stored.type, reduction.value) }
}

/** @source http://hl7.org/fhir/R4/http.html#create, http://hl7.org/fhir/R4/http.html#ccreate */
import { accept, refuse } from '#fhir/outcome'
import { refused, refusedBy, writtenAnswer } from './answers.ts'
import { conditionOf, lockOf, matchOne } from './conditional.ts'
import { readContent } from './content.ts'
import type { Answer, Exchange } from './exchange.ts'
import { headerOf } from './headers.ts'
import { type Prepared, prepareResource, resourceOf } from './intake.ts'
import { newId } from './new-id.ts'

/** A new resource under an id of ours; with If-None-Exist only where nothing matches yet. */
export async function create(exchange: Exchange): Promise<Answer> {
  const content = readContent(exchange)
  if (!content.ok) return refused(content.refusals)
  const resource = resourceOf(content.value)
  if (!resource.ok) return refused(resource.refusals)
  if (resource.value.resourceType !== exchange.target.type) return refusedBy('FHIR-HTTP-7')
  const prepared = await prepareResource(content.value, newId(), 'none', exchange.check)
  if (!prepared.ok) return refused(prepared.refusals)
  const condition = headerOf(exchange.headers, 'if-none-exist')
  if (condition !== undefined) return createUnlessExists(exchange, prepared.value, condition)
  const outcome = await exchange.store.writeOne(prepared.value.write, exchange.author)
  return outcome.ok ? writtenAnswer(exchange, outcome.value, prepared.value.warnings) : refused(outcome.refusals)
}

/** One match: nothing is written and the match is answered with 200. */
async function createUnlessExists(exchange: Exchange, prepared: Prepared, query: string): Promise<Answer> {
  const { store, target, author } = exchange
  const condition = await conditionOf(target.type, query, exchange)
  if (!condition.ok) return refused(condition.refusals)
  let existing: Answer | null = null
  const outcome = await store.writeLocked(
    [lockOf(condition.value)],
    async (within) => {
      const match = await matchOne(within, condition.value)
      if (!match.ok) return refuse(match.refusals)
      if (match.value === null) return accept([prepared.write])
      existing = { ...writtenAnswer(exchange, { stored: match.value, effect: 'unchanged' }), located: true }
      return accept([])
    },
    author,
  )
  if (!outcome.ok) return refused(outcome.refusals)
  return existing ?? writtenAnswer(exchange, outcome.value[0]!, prepared.warnings)
}

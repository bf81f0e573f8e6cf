/** @source http://hl7.org/fhir/R4/http.html#delete, http://hl7.org/fhir/R4/http.html#cdelete */
import { accept, refuse, toOperationOutcome } from '#fhir/outcome'
import type { Written } from '#foundation/record-store'
import { allWell, refused, refusedBy } from './answers.ts'
import { conditionOf, lockOf, matchOne } from './conditional.ts'
import type { Answer, Exchange } from './exchange.ts'
import { expectedOf, meetsIfMatch, preferences } from './headers.ts'
import { presentVersion } from './identity.ts'
import { afterRace } from './race.ts'
import { httpRefusal } from './refusals.ts'
import { isId } from './target.ts'

/** Deletes the resource; its history stays. Deleting what is not there is no error. */
export async function remove(exchange: Exchange): Promise<Answer> {
  const { store, target, author, headers } = exchange
  if (!isId(target.id)) return refusedBy('FHIR-HTTP-2')
  const expected = await expectedOf(headers, () => presentVersion(store, target))
  if (!expected.ok) return refused(expected.refusals)
  const { type, id } = target
  const outcome = await store.writeOne({ method: 'delete', type, id, expected: expected.value }, author)
  return outcome.ok ? deletedAnswer(exchange, outcome.value) : refused(afterRace(headers, outcome.refusals))
}

/** `DELETE Type?…`: the one match is deleted; several are refused. */
export async function conditionalDelete(exchange: Exchange): Promise<Answer> {
  const { store, target, author, headers } = exchange
  const condition = await conditionOf(target.type, exchange.query, exchange)
  if (!condition.ok) return refused(condition.refusals)
  const outcome = await store.writeLocked(
    [lockOf(condition.value)],
    async (within) => {
      const match = await matchOne(within, condition.value)
      if (!match.ok) return match
      if (!meetsIfMatch(headers, match.value?.version ?? null)) return refuse([httpRefusal('FHIR-HTTP-10')])
      if (match.value === null) return accept([])
      const { type, id, version } = match.value
      return accept([{ method: 'delete', type, id, expected: version }])
    },
    author,
  )
  return outcome.ok ? deletedAnswer(exchange, outcome.value[0]) : refused(afterRace(headers, outcome.refusals))
}

function deletedAnswer({ headers }: Exchange, written: Written | undefined): Answer {
  const stored = written?.effect === 'deleted' ? written.stored : undefined
  if (preferences(headers).return !== 'OperationOutcome') return { status: 204, stored }
  const body = JSON.stringify(toOperationOutcome([allWell(written?.effect ?? 'absent')]))
  return { status: 200, stored, body }
}

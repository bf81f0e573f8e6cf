/** @source http://hl7.org/fhir/R4/http.html#vread */
import { refusedBy, versionAnswer } from './answers.ts'
import type { Answer, Exchange } from './exchange.ts'
import { isFresh } from './read.ts'
import { isId } from './target.ts'

/** One version by its number; 410 where that version is the deletion. */
export async function vread({ store, target, headers }: Exchange): Promise<Answer> {
  const { type, id, version } = target
  if (!isId(id) || !/^[1-9]\d{0,8}$/.test(version)) return refusedBy('FHIR-HTTP-2')
  const answer = versionAnswer(await store.readVersion(type, id, Number(version)))
  return answer.status === 200 && isFresh(answer, headers) ? { status: 304, stored: answer.stored } : answer
}

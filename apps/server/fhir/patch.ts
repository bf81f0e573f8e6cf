/** @source http://hl7.org/fhir/R4/http.html#patch */
import { type JsonDocument, parseJsonText, ROOT } from '#fhir/json'
import { accept, type Outcome, refuse } from '#fhir/outcome'
import { applyJsonPatch, patchRefusal } from '#fhir/patch'
import { refused, versionAnswer, writtenAnswer } from './answers.ts'
import { conditionOf, lockOf, matchOne } from './conditional.ts'
import { PATCH_TYPES, readContent } from './content.ts'
import type { Answer, Exchange } from './exchange.ts'
import { meetsIfMatch } from './headers.ts'
import { isPresent, type Present, readIdentity } from './identity.ts'
import { type Prepared, prepareResource } from './intake.ts'
import { afterRace } from './race.ts'
import { httpRefusal } from './refusals.ts'

/** A patch without If-Match may be tried again on a newer version this often. */
const ATTEMPTS = 4

/** JSON Patch of the current version. */
export async function patch(exchange: Exchange): Promise<Answer> {
  const { store, author, target, headers } = exchange
  const operations = readContent(exchange, PATCH_TYPES)
  if (!operations.ok) return refused(operations.refusals)
  for (let attempt = 1; ; attempt++) {
    const current = await readIdentity(store, target)
    if (!isPresent(current)) return versionAnswer(current)
    const prepared = await preparePatch(current, operations.value.document, exchange)
    if (!prepared.ok) return refused(prepared.refusals)
    const outcome = await store.writeOne(prepared.value.write, author)
    if (outcome.ok) return writtenAnswer(exchange, outcome.value, prepared.value.warnings)
    if (headers['if-match'] !== undefined || attempt === ATTEMPTS) return refused(afterRace(headers, outcome.refusals))
  }
}

/** `PATCH Type?…`: the one match is patched. */
export async function conditionalPatch(exchange: Exchange): Promise<Answer> {
  const { store, author, target, headers } = exchange
  const operations = readContent(exchange, PATCH_TYPES)
  if (!operations.ok) return refused(operations.refusals)
  const condition = await conditionOf(target.type, exchange.query, exchange)
  if (!condition.ok) return refused(condition.refusals)
  let warnings: Prepared['warnings'] = []
  const outcome = await store.writeLocked(
    [lockOf(condition.value)],
    async (within) => {
      const match = await matchOne(within, condition.value)
      if (!match.ok) return match
      if (match.value === null) return refuse([httpRefusal('FHIR-HTTP-2')])
      const prepared = await preparePatch(match.value, operations.value.document, exchange)
      if (!prepared.ok) return prepared
      warnings = prepared.value.warnings
      return accept([prepared.value.write])
    },
    author,
  )
  if (!outcome.ok) return refused(afterRace(headers, outcome.refusals))
  return writtenAnswer(exchange, outcome.value[0]!, warnings)
}

/** The write that a patch of `current` amounts to. */
export async function preparePatch(
  current: Present,
  operations: JsonDocument,
  { headers, check }: Pick<Exchange, 'headers' | 'check'>,
): Promise<Outcome<Prepared>> {
  if (!meetsIfMatch(headers, current.version)) return refuse([httpRefusal('FHIR-HTTP-10')])
  const before = parseJsonText(current.body)
  if (!before.ok) throw new Error('a stored body cannot be read')
  const text = applyJsonPatch(before.value, operations)
  if (!text.ok) return text
  const after = parseJsonText(text.value)
  if (!after.ok) return after
  const value = after.value.value as { readonly resourceType?: unknown; readonly id?: unknown } | null
  if (value?.resourceType !== current.type || value.id !== current.id) return refuse([patchRefusal('FHIR-PATCH-6')])
  return prepareResource({ document: after.value, node: ROOT, value }, current.id, current.version, check)
}

/** @source http://hl7.org/fhir/R4/http.html#batch */
import type { Outcome } from '#fhir/outcome'
import type { StoredVersion } from '#foundation/record-store'
import { refused, refusedBy, versionAnswer } from './answers.ts'
import { isLocated, responseEntry } from './bundle-answers.ts'
import { bundleText, listed } from './bundle-text.ts'
import { bodyOf, type Entry } from './entries.ts'
import type { Act, Answer, Exchange } from './exchange.ts'
import { isId } from './target.ts'
import { exchangeOf } from './transaction.ts'

/** Entries of one kind are carried out together, this many at a time. */
const AT_ONCE = 16
/** Kinds follow each other as in a transaction, so that a batch that mixes them has one meaning. */
const ORDER: readonly (readonly string[])[] = [['DELETE'], ['POST'], ['PUT', 'PATCH'], ['GET', 'HEAD']]

/** Each entry by itself: what one refuses does not stop the others. */
export async function batch(exchange: Exchange, entries: readonly Outcome<Entry>[], perform: Act): Promise<Answer> {
  const answers: Answer[] = entries.map((entry) => (entry.ok ? NOT_YET : refused(entry.refusals)))
  const readable = entries.flatMap((entry) => (entry.ok ? [entry.value] : []))
  const plain = readable.filter(isPlainRead)
  for (const methods of ORDER) {
    const group = readable.filter((entry) => methods.includes(entry.method) && !isPlainRead(entry))
    for (let start = 0; start < group.length; start += AT_ONCE) {
      const some = group.slice(start, start + AT_ONCE)
      await Promise.all(
        some.map(async (entry) => (answers[entry.index] = await performEntry(exchange, entry, perform))),
      )
    }
  }
  const found = await readTogether(exchange, plain)
  plain.forEach((entry, i) => (answers[entry.index] = versionAnswer(found[i] ?? null)))
  const located = entries.map((entry) => entry.ok && isLocated(entry.value))
  const texts = answers.map((answer, i) => responseEntry(answer, located[i]!))
  return { status: 200, body: bundleText({ type: 'batch-response', entries: listed(texts) }) }
}

const NOT_YET: Answer = { status: 500 }

const performEntry = async (exchange: Exchange, entry: Entry, perform: Act): Promise<Answer> =>
  isBundle(entry) ? refusedBy('FHIR-HTTP-4') : perform({ ...exchangeOf(exchange, entry), body: bodyOf(entry) })

/** A Bundle inside a Bundle would have its own count of entries, and that many times as large an answer. */
const isBundle = ({ method, target }: Entry): boolean =>
  method === 'POST' && target.level === 'system' && target.name === ''

/** `GET Type/id` without conditions: all of them are one query. */
const isPlainRead = ({ method, target, query, headers }: Entry): boolean =>
  method === 'GET' &&
  target.level === 'instance' &&
  target.name === '' &&
  query === '' &&
  isId(target.id) &&
  Object.keys(headers).length === 0

const readTogether = ({ store }: Exchange, entries: readonly Entry[]): Promise<readonly (StoredVersion | null)[]> =>
  entries.length === 0 ? Promise.resolve([]) : store.readMany(entries.map(({ target: { type, id } }) => ({ type, id })))

/** @source http://hl7.org/fhir/R4/http.html#batch */
import type { Outcome } from '#fhir/outcome'
import type { StoredVersion } from '#foundation/record-store'
import { type AnswerBudget, answerBudget, tooLarge } from './answer-budget.ts'
import { refused, refusedBy, versionAnswer } from './answers.ts'
import { isLocated, responseEntry } from './bundle-answers.ts'
import { bundleText } from './bundle-text.ts'
import { bodyOf, type Entry } from './entries.ts'
import type { Act, Answer, Exchange } from './exchange.ts'
import type { Offer } from './interaction.ts'
import { listed } from './pieces.ts'
import { isId } from './target.ts'
import { exchangeOf } from './transaction.ts'
import { isBundle, writes } from './transaction-entries.ts'

/** Entries of one kind are carried out together, this many at a time. */
const AT_ONCE = 16
/** Plain reads of one query. A resource may have 16 MiB, so this is what is in memory before the budget is asked. */
const READ_TOGETHER = 20
/** Kinds follow each other as in a transaction, so that a batch that mixes them has one meaning. */
const ORDER: readonly (readonly string[])[] = [['DELETE'], ['POST'], ['PUT', 'PATCH'], ['GET', 'HEAD']]

/** Each entry by itself: what one refuses does not stop the others. */
export async function batch(
  exchange: Exchange,
  entries: readonly Outcome<Entry>[],
  { perform }: Offer,
): Promise<Answer> {
  const budget = answerBudget()
  const answers: Answer[] = entries.map((entry) => (entry.ok ? NOT_YET : refused(entry.refusals)))
  const readable = entries.flatMap((entry) => (entry.ok ? [entry.value] : []))
  // Whoever signed in is asked, and told of, for each read.
  const isPlain = exchange.visit === null ? isPlainRead : () => false
  const plain = readable.filter(isPlain)
  for (const methods of ORDER) {
    const group = readable.filter((entry) => methods.includes(entry.method) && !isPlain(entry))
    for (let start = 0; start < group.length; start += AT_ONCE) {
      const some = group.slice(start, start + AT_ONCE)
      await Promise.all(
        some.map(async (entry) => (answers[entry.index] = await performEntry(exchange, entry, perform, budget))),
      )
    }
  }
  for (let start = 0; start < plain.length; start += READ_TOGETHER) {
    const some = plain.slice(start, start + READ_TOGETHER)
    const found = budget.isSpent() ? null : await readTogether(exchange, some)
    some.forEach((entry, i) => {
      answers[entry.index] = found === null ? tooLarge() : budget.ofRead(versionAnswer(found[i] ?? null))
    })
  }
  const located = entries.map((entry) => entry.ok && isLocated(entry.value))
  const texts = answers.map((answer, i) => responseEntry(answer, located[i]!))
  return { status: 200, body: bundleText({ type: 'batch-response', entries: listed(texts) }) }
}

const NOT_YET: Answer = { status: 500 }

async function performEntry(exchange: Exchange, entry: Entry, perform: Act, budget: AnswerBudget): Promise<Answer> {
  if (isBundle(entry)) return refusedBy('FHIR-HTTP-4')
  const asked = { ...exchangeOf(exchange, entry), body: bodyOf(entry) }
  if (writes(entry)) return budget.ofWrite(await perform(asked))
  return budget.isSpent() ? tooLarge() : budget.ofRead(await perform(asked))
}

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

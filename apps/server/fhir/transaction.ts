/** @source http://hl7.org/fhir/R4/http.html#transaction */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { Write, Written } from '#foundation/record-store'
import { type AnswerBudget, answerBudget, tooLarge } from './answer-budget.ts'
import { refused, refusedBy, writtenAnswer } from './answers.ts'
import { entryPrefer, isLocated, responseEntry } from './bundle-answers.ts'
import { bundleText } from './bundle-text.ts'
import { lockOf } from './conditional.ts'
import { type Entry, placeOf } from './entries.ts'
import type { Act, Answer, Exchange } from './exchange.ts'
import { headerOf } from './headers.ts'
import { isPresent } from './identity.ts'
import type { Offer } from './interaction.ts'
import type { Visit } from './visit.ts'
import { listed, type Pieces } from './pieces.ts'
import { httpRefusal, type HttpRule } from './refusals.ts'
import { entryRefusals, writes } from './transaction-entries.ts'
import { type Conditions, conditionsOf } from './transaction-conditions.ts'
import { looksFirst, planTransaction, type Step } from './transaction-plan.ts'

/** The order in which the standard has the changes made; the log keeps it. */
const ORDER: readonly string[] = ['DELETE', 'POST', 'PUT', 'PATCH']

/** Each is a lock until the transaction ends; PostgreSQL has room for some 6,400 in all. */
const MOST_CONDITIONS = 2_000

/** All entries or none. Reads are made when everything is written. */
export async function transaction(
  exchange: Exchange,
  entries: readonly Entry[],
  { perform, takes }: Offer,
): Promise<Answer> {
  const wrong = await entryRefusals(entries, takes, (entry) => exchangeOf(exchange, entry))
  if (wrong.length > 0) return refused(wrong)
  const writing = entries.filter(writes).toSorted((a, b) => rank(a) - rank(b))
  const conditions = await conditionsOf(writing, exchange)
  if (!conditions.ok) return refused(conditions.refusals)
  if (conditions.value.size > MOST_CONDITIONS) return refusedBy('FHIR-HTTP-28', `> ${MOST_CONDITIONS}`)
  const done = await carryOut(exchange, writing, conditions.value)
  if (!done.ok) return refused(done.refusals)
  const answers = new Map(done.value.map(({ entry, answer }) => [entry, answer]))
  const texts: Pieces[] = []
  const budget = answerBudget()
  for (const entry of entries) {
    const written = answers.get(entry)
    const answer =
      written === undefined ? await readWithin(budget, exchangeOf(exchange, entry), perform) : budget.ofWrite(written)
    texts.push(responseEntry(answer, isLocated(entry)))
  }
  return { status: 200, body: bundleText({ type: 'transaction-response', entries: listed(texts) }) }
}

const readWithin = async (budget: AnswerBudget, exchange: Exchange, perform: Act): Promise<Answer> =>
  budget.isSpent() ? tooLarge() : budget.ofRead(await perform(exchange))

const rank = ({ method }: Entry): number => ORDER.indexOf(method)

/** The exchange that an entry stands for. */
export const exchangeOf = (exchange: Exchange, entry: Entry): Exchange => ({
  ...exchange,
  ...ofVisit(exchange.visit),
  method: entry.method,
  target: entry.target,
  query: entry.query,
  headers: { ...entry.headers, prefer: entryPrefer(headerOf(exchange.headers, 'prefer')) },
  body: entry.content,
})

/** What an entry reads is told of by itself, and refused by itself. */
function ofVisit(visit: Visit | null): Pick<Exchange, 'visit' | 'store'> | null {
  if (visit === null) return null
  const entry = visit.entry()
  return { visit: entry, store: entry.store }
}

interface Done {
  readonly entry: Entry
  readonly answer: Answer
}

async function carryOut(
  exchange: Exchange,
  writing: readonly Entry[],
  conditions: Conditions,
): Promise<Outcome<readonly Done[]>> {
  const { store, author } = exchange
  let steps: readonly Step[] = []
  const plan = async (within: Parameters<typeof planTransaction>[2]): Promise<Outcome<readonly Write[]>> => {
    const planned = await planTransaction(writing, conditions, within, exchange.check)
    if (!planned.ok) return planned
    steps = planned.value
    return accept(steps.flatMap(({ write }) => write ?? []))
  }
  const locks = [...conditions.values()].map(lockOf)
  const outcome =
    conditions.size > 0 || looksFirst(writing)
      ? await store.writeLocked(locks, plan, author)
      : await writeDirectly(await plan(store), exchange)
  if (!outcome.ok) return refuse(await raceRefusals(exchange, steps, outcome.refusals))
  return accept(doneOf(exchange, steps, outcome.value))
}

const writeDirectly = async (
  writes: Outcome<readonly Write[]>,
  { store, author }: Exchange,
): Promise<Outcome<readonly Written[]>> =>
  !writes.ok || writes.value.length === 0 ? (writes.ok ? accept([]) : writes) : store.write(writes.value, author)

/**
 * The store says that some write came too late, not which: the entries whose versions are not the current ones now.
 * 412 where an entry named its version, 409 where it only lost a race.
 */
async function raceRefusals(
  { store }: Exchange,
  steps: readonly Step[],
  refusals: readonly Refusal[],
): Promise<readonly Refusal[]> {
  if (!refusals.some(({ rule }) => rule === 'STORE-1' || rule === 'STORE-2')) return refusals
  const writes = steps.flatMap(({ entry, write }) => (write === null ? [] : [{ entry, write }]))
  const current = await store.readMany(writes.map(({ write: { type, id } }) => ({ type, id })))
  const late = writes.filter(({ write: { expected } }, i) => {
    const there = current[i] ?? null
    const version = isPresent(there) ? there.version : 'none'
    return expected !== 'any' && expected !== version
  })
  if (late.length === 0) return [httpRefusal('FHIR-HTTP-19')]
  return late.map(({ entry, write }) => httpRefusal(lateRule(entry, write), undefined, placeOf(entry.index)))
}

const lateRule = ({ headers }: Entry, { expected }: Write): HttpRule => {
  const named = headers[expected === 'none' ? 'if-none-match' : 'if-match'] !== undefined
  if (!named) return 'FHIR-HTTP-19'
  return expected === 'none' ? 'FHIR-HTTP-12' : 'FHIR-HTTP-10'
}

function doneOf(exchange: Exchange, steps: readonly Step[], written: readonly Written[]): readonly Done[] {
  const results = new Map<string, Written>()
  let next = 0
  for (const { write, identity } of steps) if (write !== null) results.set(identity, written[next++]!)
  return steps.map(({ entry, identity, write, existing, warnings }) => {
    const result = existing === null ? results.get(identity) : ({ stored: existing, effect: 'unchanged' } as const)
    if (entry.method === 'DELETE') return { entry, answer: { status: 204, stored: deletedVersion(result) } }
    const effect = write === null ? 'unchanged' : result!.effect
    return { entry, answer: writtenAnswer(exchangeOf(exchange, entry), { ...result!, effect }, warnings) }
  })
}

const deletedVersion = (written: Written | undefined) => (written?.effect === 'deleted' ? written.stored : undefined)

/** @source http://hl7.org/fhir/R4/http.html#transaction */
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import { refused } from './answers.ts'
import { batch } from './batch.ts'
import { bundleRefusals, MOST_ISSUES } from './bundle-shape.ts'
import { RESOURCE_TYPES, readContent } from './content.ts'
import { type Entry, readEntries } from './entries.ts'
import type { Act, Answer, Exchange } from './exchange.ts'
import { resourceOf } from './intake.ts'
import type { Offer } from './interaction.ts'
import { httpRefusal } from './refusals.ts'
import { transaction } from './transaction.ts'
import { turns } from './turns.ts'

/** Longest body of a batch or transaction. */
export const MAX_BUNDLE_BYTES = 100 * 1024 * 1024

/** Bytes of Bundles that are worked on at a time, and the size up to which a Bundle does not wait. */
const inTurn = turns(2 * 1024 * 1024, 64 * 1024)

/** A batch or a transaction. @param offer what its entries may ask for */
export const bundle =
  (offer: Offer): Act =>
  (exchange) =>
    inTurn(exchange.body !== null && 'bytes' in exchange.body ? exchange.body.bytes.length : 0, () =>
      carryOut(exchange, offer),
    )

async function carryOut(exchange: Exchange, offer: Offer): Promise<Answer> {
  const content = readContent(exchange, RESOURCE_TYPES, MAX_BUNDLE_BYTES)
  if (!content.ok) return refused(content.refusals)
  const resource = resourceOf(content.value)
  if (!resource.ok) return refused(resource.refusals)
  const { resourceType, type } = resource.value as { readonly resourceType: string; readonly type?: unknown }
  if (resourceType !== 'Bundle') return refused([httpRefusal('FHIR-HTTP-7')])
  const misshapen = bundleRefusals(resource.value)
  if (misshapen.length > 0) return refused(misshapen)
  const entries = readEntries(content.value, exchange.base)
  if (type === 'batch') return batch(exchange, entries, offer)
  const readable = allRead(entries)
  return readable.ok ? transaction(exchange, readable.value, offer) : refused(readable.refusals)
}

function allRead(entries: readonly Outcome<Entry>[]): Outcome<readonly Entry[]> {
  const refusals: Refusal[] = []
  const readable: Entry[] = []
  for (const entry of entries) {
    if (entry.ok) readable.push(entry.value)
    else refusals.push(...entry.refusals)
    if (refusals.length >= MOST_ISSUES) break
  }
  return refusals.length > 0 ? refuse(refusals) : accept(readable)
}

/** @source http://hl7.org/fhir/R4/http.html#transaction */
import { refused } from './answers.ts'
import { batch } from './batch.ts'
import { RESOURCE_TYPES, readContent } from './content.ts'
import { readEntries } from './entries.ts'
import type { Act } from './exchange.ts'
import { resourceOf } from './intake.ts'
import { httpRefusal } from './refusals.ts'
import { transaction } from './transaction.ts'

/** Longest body of a batch or transaction. */
export const MAX_BUNDLE_BYTES = 100 * 1024 * 1024

/** A batch or a transaction. @param perform carries out the interaction of one entry */
export const bundle =
  (perform: Act): Act =>
  async (exchange) => {
    const content = readContent(exchange, RESOURCE_TYPES, MAX_BUNDLE_BYTES)
    if (!content.ok) return refused(content.refusals)
    const resource = resourceOf(content.value)
    if (!resource.ok) return refused(resource.refusals)
    const { resourceType, type } = resource.value as { readonly resourceType: string; readonly type?: unknown }
    if (resourceType !== 'Bundle') return refused([httpRefusal('FHIR-HTTP-7')])
    if (type !== 'batch' && type !== 'transaction') return refused([httpRefusal('FHIR-HTTP-16', 'type', 'Bundle.type')])
    const entries = readEntries(content.value, exchange.base)
    if (type === 'batch') return batch(exchange, entries, perform)
    const refusals = entries.flatMap((entry) => (entry.ok ? [] : entry.refusals))
    if (refusals.length > 0) return refused(refusals)
    return transaction(
      exchange,
      entries.flatMap((entry) => (entry.ok ? [entry.value] : [])),
      perform,
    )
  }

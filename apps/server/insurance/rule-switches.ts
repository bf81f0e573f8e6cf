/** Which rules are switched off: one resource of the record, so that every change has its version, time and author. */
import type { Basic } from '#fhir/r4'
import type { Author, RecordStore } from '#foundation/record-store'
import { accept } from '#fhir/outcome'
import { resourceWrite } from './resource-write.ts'

const ID = 'bhyt-quy-tac-tat'
const OFF = 'urn:lanh:extension:rule-switched-off'

const switches = (rules: readonly string[]): Basic => ({
  resourceType: 'Basic',
  id: ID,
  code: { text: 'Quy tắc kiểm tra hồ sơ bảo hiểm y tế đang tắt' },
  ...(rules.length > 0 ? { extension: rules.map((rule) => ({ url: OFF, valueString: rule })) } : {}),
})

const rulesIn = (body: string | null | undefined): readonly string[] =>
  body
    ? ((JSON.parse(body) as Basic).extension ?? []).flatMap(({ url, valueString }) =>
        url === OFF && valueString ? valueString : [],
      )
    : []

export async function switchedOff(store: Pick<RecordStore, 'read'>): Promise<ReadonlySet<string>> {
  return new Set(rulesIn((await store.read('Basic', ID))?.body))
}

/** Switches one rule; two people switching two rules at once both succeed. */
export async function switchRule(store: RecordStore, rule: string, enabled: boolean, author: Author): Promise<void> {
  const outcome = await store.writeLocked(
    [ID],
    async (within) => {
      const off = new Set(rulesIn((await within.read('Basic', ID))?.body))
      if (enabled) off.delete(rule)
      else off.add(rule)
      return accept([resourceWrite(switches([...off].toSorted()))])
    },
    author,
  )
  if (!outcome.ok) throw new Error('the switches of the rules could not be written')
}

import type { Practitioner } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import { resourceWrite } from '../insurance/resource-write.ts'

/** The person behind the first account, so that what they do has a name in the record. */
export async function staffFor(store: RecordStore, id: string, display: string): Promise<void> {
  const practitioner: Practitioner = { resourceType: 'Practitioner', id, active: true, name: [{ text: display }] }
  const outcome = await store.writeOne(resourceWrite(practitioner), { reference: 'Device/lanh' })
  if (!outcome.ok) throw new Error('the practitioner of the first account was refused')
}

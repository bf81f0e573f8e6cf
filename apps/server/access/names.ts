import type { RecordStore } from '#foundation/record-store'

interface Named {
  readonly name?: readonly { readonly text?: string; readonly family?: string; readonly given?: readonly string[] }[]
}

/** @param references `Practitioner/…`, `Patient/…` @returns the first name of each as the record has it today */
export async function namesOf(
  store: Pick<RecordStore, 'readMany'>,
  references: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const distinct = [...new Set(references)]
  const asked = distinct.map((reference) => {
    const [type = '', id = ''] = reference.split('/')
    return { type, id }
  })
  const found = await store.readMany(asked)
  return new Map(
    distinct.flatMap((reference, i) => {
      const name = nameIn(found[i]?.body ?? null)
      return name === null ? [] : [[reference, name] as const]
    }),
  )
}

function nameIn(body: string | null): string | null {
  if (body === null) return null
  const [first] = (JSON.parse(body) as Named).name ?? []
  if (first === undefined) return null
  return first.text ?? [first.family, ...(first.given ?? [])].filter(Boolean).join(' ')
}

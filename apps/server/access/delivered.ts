/** What a request was shown: noted as it leaves the store, so that no interaction can forget to say so. */
import { type Delivered, derived, type RecordStore, type StoredVersion } from '#foundation/record-store'

/** @returns the same store, whose reads are noted in `into` */
export function noting(store: RecordStore, into: Delivered[]): RecordStore {
  const note = <T extends StoredVersion | null>(version: T): T => {
    if (version !== null) into.push(version)
    return version
  }
  const notePage = <T extends { readonly delivered: readonly Delivered[] }>(page: T): T => {
    for (const each of page.delivered) into.push(each)
    return page
  }
  return derived(store, {
    read: async (type, id) => note(await store.read(type, id)),
    readVersion: async (type, id, version) => note(await store.readVersion(type, id, version)),
    async readMany(references) {
      const versions = await store.readMany(references)
      versions.forEach(note)
      return versions
    },
    search: async (request, base) => notePage(await store.search(request, base)),
    everything: async (focus, options) => notePage(await store.everything(focus, options)),
    timeline: async (patient, options) => notePage(await store.timeline(patient, options)),
    async find(request) {
      const found = await store.find(request)
      into.push(...found.versions, ...found.includes)
      return found
    },
    async history(scope, options) {
      const page = await store.history(scope, options)
      into.push(...page.versions)
      return page
    },
  })
}

const REFERENCES = /"reference"\s*:\s*"(Patient\/[A-Za-z0-9\-.]{1,64})"/g

/**
 * @param hash of a reference, to recognise the right one among several
 * @returns `Patient/…` to whom a version belongs; null where that cannot be said (a deletion, an absolute address)
 */
export function patientOf(
  { type, id, patient, body }: Pick<Delivered, 'type' | 'id' | 'patient' | 'body'>,
  hash: (reference: string) => bigint,
): string | null {
  if (patient === null) return null
  if (type === 'Patient') return `Patient/${id}`
  for (const [, reference] of (body ?? '').matchAll(REFERENCES)) {
    if (reference !== undefined && hash(reference) === patient) return reference
  }
  return null
}

const SECURITY = '"security"'

/** Codes of meta.security as `system|code`; the text is only taken apart where it may have any. */
export function securityOf(body: string | null): readonly string[] {
  if (body === null || !body.includes(SECURITY)) return []
  const { meta } = JSON.parse(body) as { meta?: { security?: readonly { system?: string; code?: string }[] } }
  return (meta?.security ?? []).map(({ system = '', code = '' }) => `${system}|${code}`)
}

import type { Outcome, Refusal } from '#fhir/outcome'
import type { Fence } from '#foundation/access-control'
import type { AuditEntry } from '#foundation/audit-log'
import type { IndexEntries, SearchRequest } from '#fhir/search'

/** One version of one resource as the log holds it. `body` is the exact JSON text served; null after a delete. */
export interface StoredVersion {
  readonly type: string
  readonly id: string
  readonly version: number
  /** ISO 8601 UTC with milliseconds, equal to meta.lastUpdated in the body */
  readonly at: string
  readonly author: string
  readonly method: 'create' | 'update' | 'delete'
  readonly body: string | null
  /** selfHash of the patient to whom it belongs */
  readonly patient: bigint | null
  /** how that patient stands to the reader behind whose fence it was read by id */
  readonly standing?: Standing
}

/** One intended change. The store does not look inside `body`: id, versionId and lastUpdated are stamped by `stamp`. */
export type Write =
  | {
      readonly method: 'put'
      readonly type: string
      readonly id: string
      /** 'none': must not exist yet · a number: must be the current version (If-Match) · 'any' */
      readonly expected: 'none' | 'any' | number
      /** writes version and time into the JSON text and returns the exact bytes to store */
      readonly stamp: (version: number, at: string) => string
      /** the entries for the search index */
      readonly index: () => IndexEntries
      /** JSON text of the content without id, versionId, lastUpdated: equal content makes no new version. */
      readonly sameAs?: (currentBody: string) => boolean
    }
  | { readonly method: 'delete'; readonly type: string; readonly id: string; readonly expected: 'any' | number }

export interface Written {
  readonly stored: StoredVersion
  /** created: did not exist (or was deleted) before · unchanged: equal content, no new version · absent: nothing to delete */
  readonly effect: 'created' | 'updated' | 'deleted' | 'unchanged' | 'absent'
}

/** How a patient stands to whoever asks. */
export interface Standing {
  /** bits of LABELS */
  readonly labels: number
  readonly relations: readonly HeldRelation[]
}

/** A relation as the record has it. `kind` is a number of RELATION_KINDS. */
export interface HeldRelation {
  readonly kind: number
  /** bits of LABELS that it covers */
  readonly labels: number
  /** ms since 1970 */
  readonly until: number
}

export interface Author {
  readonly reference: string
}

/** A version that leaves the store, and whose it is. */
export interface Delivered {
  readonly type: string
  readonly id: string
  readonly version: number
  /** selfHash */
  readonly patient: bigint | null
  /** null for a deletion */
  readonly body: string | null
  readonly standing?: Standing
}

export interface SearchPage {
  /** the text of the Bundle.entry elements with the commas between them, matches before includes, in pieces of any size */
  readonly entries: readonly string[]
  readonly matches: number
  /** the versions whose texts are among the entries */
  readonly delivered: readonly Delivered[]
  readonly total: number | null
  readonly next: string | null
  readonly previous: string | null
  /** what the reader must know of the page, such as that not everything could be included */
  readonly warnings?: readonly Refusal[]
}

export interface HistoryPage {
  readonly versions: readonly StoredVersion[]
  readonly total: number | null
  readonly next: string | null
}

export interface FeedChange {
  /** pass back as `after`: never skips a committed row although transactions commit out of order */
  readonly cursor: string
  readonly version: StoredVersion
}

export interface ImportedSource {
  /** true when these bytes were imported before; nothing was written then */
  readonly already: boolean
  readonly resources: number
}

/** Somebody for whom the record is asked and changed. */
export interface Access {
  readonly fence: Fence
  /**
   * Asked before anything is stored. Its refusals refuse the whole of what was to be written.
   * @param changes what is there (null: nothing that this reader may see) and what shall be (null: a delete)
   */
  readonly mayWrite: (changes: readonly Change[]) => Promise<readonly Refusal[]>
  /** what the audit log says of it, stored in the same transaction; null where somebody else says it */
  readonly audit: (written: readonly Written[]) => AuditEntry | null
}

/** One intended change of a resource: whose it is and was. Patients are selfHash numbers. */
export interface Change {
  readonly type: string
  readonly id: string
  readonly before: Belonging | null
  readonly after: Belonging | null
}

/** To whom a resource belongs, and what is sensitive about it (bits of LABELS, those of its patient among them). */
export interface Belonging {
  readonly patient: bigint | null
  readonly labels: number
  readonly isDeleted: boolean
}

/** What may be done inside the transaction of `importTogether`. */
export interface ImportWork {
  /** hashes of the sources that were not imported before */
  readonly fresh: ReadonlySet<string>
  /** 0 at the first attempt, more after races that were lost */
  readonly round: number
  readonly readMany: RecordStore['readMany']
  /** current resources of the type that carry one of the terms; a look into the index for each, whatever else is there */
  carrying(type: string, terms: readonly bigint[]): Promise<readonly StoredVersion[]>
  /** all of these or, where one is refused, nothing of the whole transaction */
  write(writes: readonly Write[]): Promise<Outcome<readonly Written[]>>
}

export interface ImportTogether {
  readonly sources: readonly { readonly hash: string; readonly name: string }[]
  /** as in `writeLocked`; 'all' keeps every other such import out, for more locks than PostgreSQL can hold */
  readonly locks: readonly string[] | 'all'
  /** true: something is to be done for the sources afterwards, see `openSources` */
  readonly isOpen: boolean
  /** @returns how many resources of each source, by hash, were written; a refusal leaves nothing behind */
  readonly work: (asked: ImportWork) => Promise<Outcome<ReadonlyMap<string, number>>>
}

/** Files that were dropped and wait, are being imported, or ended: beside the record, until they are forgotten. */
export interface ImportRuns {
  /** @param shown what the desk shows of it, JSON */
  add(id: string, shown: string, bytes: Uint8Array): Promise<void>
  show(id: string, shown: string): Promise<void>
  end(
    id: string,
    result: { readonly shown: string; readonly report: string | null; readonly keepsBytes: boolean },
  ): Promise<void>
  /** oldest first @returns `held`: bytes that are kept */
  list(): Promise<readonly { readonly shown: string; readonly held: number }[]>
  bytes(id: string): Promise<Uint8Array | null>
  report(id: string): Promise<string | null>
  forget(id: string): Promise<void>
}

export interface RecordStore {
  /** the same record behind this reader's fence: whatever is asked of it, PostgreSQL shows only what they may see */
  as(access: Access): RecordStore
  /** what is there, whoever may see it: to tell "not there" from "not for you", and to decide. Null: never existed */
  belonging(type: string, id: string): Promise<Belonging | null>
  /** what is sensitive about a patient, and relations that hold now with any of these holders. Shared like `read` */
  standing(patient: bigint, holders: readonly string[]): Promise<Standing>
  /** current version; `body` null when deleted; null when it never existed */
  read(type: string, id: string): Promise<StoredVersion | null>
  readMany(references: readonly { type: string; id: string }[]): Promise<readonly (StoredVersion | null)[]>
  readVersion(type: string, id: string, version: number): Promise<StoredVersion | null>
  /** all of the writes or none of them, in one database transaction. Refuses with STORE-1 … (see docs/rules/store.md) */
  write(writes: readonly Write[], author: Author): Promise<Outcome<readonly Written[]>>
  /** like `write` of one, but may share a database transaction with other callers' writes (group commit) */
  writeOne(write: Write, author: Author): Promise<Outcome<Written>>
  /**
   * Runs `decide` while holding a lock on each of `locks` (any text, e.g. the normalised search of a conditional
   * create), then writes what it returns in the same transaction. Two callers with a lock in common never overlap.
   */
  writeLocked(
    locks: readonly string[],
    decide: (within: Pick<RecordStore, 'read' | 'readMany' | 'find'>) => Promise<Outcome<readonly Write[]>>,
    author: Author,
  ): Promise<Outcome<readonly Written[]>>
  /**
   * Stores a whole file in one transaction and remembers its hash; all of it or nothing. `batches` is called again when
   * a race was lost. A batch that is a refusal ends the import with it.
   */
  importSource(
    source: { readonly hash: string; readonly name: string },
    batches: () => AsyncIterable<Outcome<readonly Write[]>>,
    author: Author,
  ): Promise<Outcome<ImportedSource>>
  /**
   * Stores several files in one transaction, all of them or none, and remembers their hashes. `work` runs while the locks
   * are held, and again when a race was lost.
   */
  importTogether(asked: ImportTogether, author: Author): Promise<Outcome<readonly ImportedSource[]>>
  /** hashes of sources for which something is still to be done, oldest first */
  openSources(limit: number): Promise<readonly string[]>
  closeSources(hashes: readonly string[]): Promise<void>
  readonly importRuns: ImportRuns
  /** @param base absolute address of the FHIR endpoint, for fullUrl */
  search(request: SearchRequest, base: string): Promise<SearchPage>
  /** matches only, as versions: for conditional interactions, _elements, _summary */
  find(request: SearchRequest): Promise<{
    versions: readonly StoredVersion[]
    includes: readonly StoredVersion[]
    total: number | null
    next: string | null
    previous: string | null
  }>
  count(request: SearchRequest): Promise<number>
  history(
    scope: { type?: string; id?: string },
    options: { since?: string; at?: string; count: number; cursor?: string | null },
  ): Promise<HistoryPage>
  /** the patient or encounter, everything in its compartment, and what those refer to; paged by cursor */
  everything(
    focus: { type: 'Patient' | 'Encounter'; id: string },
    options: {
      base: string
      types?: readonly string[]
      since?: string
      start?: number
      end?: number
      count: number | null
      cursor?: string | null
    },
  ): Promise<SearchPage>
  /** one patient's resources in order of their clinical date, newest first, for the chart's timeline */
  timeline(
    patientId: string,
    options: { base: string; types?: readonly string[]; count: number; cursor?: string | null },
  ): Promise<SearchPage>
  changes(after: string | null, limit: number): Promise<readonly FeedChange[]>
  /** rebuilds every index row from the log; returns the number of current resources */
  reindex(progress?: (done: number, of: number) => void): Promise<number>
  /**
   * Cursors come back from clients: a cut or invented one is refused before it is used. The reading functions above
   * throw on a cursor that this function refuses.
   */
  cursorRefusal(
    of: SearchRequest | { history: { type?: string; id?: string } } | { operation: 'everything' | 'timeline' },
    cursor: string,
  ): Refusal | null
  /**
   * Makes a text fit to stand in an address: base64url that only this facility reads again.
   * @param purpose without which `unseal` refuses it, such as the address that it is for
   */
  seal(text: string, purpose: string): string
  /** @returns STORE-3 for what `seal` did not make for this purpose @param name of the parameter that it came in */
  unseal(sealed: string, purpose: string, name: string): Outcome<string>
  close(): Promise<void>
}

/** What dossiers become in the record: writes, gathered dossier after dossier. */
import type { Attachment, Binary, Coverage, DocumentReference, FhirResource, Task } from '#fhir/r4'
import type { Write } from '#foundation/record-store'
import type { Finding } from '#obligations/health-insurance'
import { dossierTask, inState, isSentElsewhere, receiptOf, stateOf, withCatalogueFindings } from './dossier-task.ts'
import { composedHere, outdated } from './file-findings.ts'
import { dateOf, documentId, fingerprintIn, fingerprintOf, isShared, keptDossier, resourcesOf } from './kept-dossier.ts'
import { type Known, versionOf } from './known-dossiers.ts'
import { mapDossier, type PreparedDossier } from './prepare-file.ts'
import { resourceWrite } from './resource-write.ts'

export interface Writing {
  readonly writes: ReadonlyMap<string, Write>
  /** hash of the file that a write came with, by reference */
  readonly ofFile: ReadonlyMap<string, string>
  /** by hash of the file */
  readonly findings: ReadonlyMap<string, readonly Finding[]>
  /** shared resources that are there once this is stored */
  readonly shared: readonly string[]
}

/** Dossiers that came together, and how they are kept as received. */
export interface Batch {
  /** of the file that they came in */
  readonly hash: string
  readonly dossiers: readonly PreparedDossier[]
  readonly binaries: readonly Binary[]
  /** where one of them lies */
  readonly attachments: (prepared: PreparedDossier) => readonly Attachment[]
}

export interface GatherSetting {
  /** rules that are switched off */
  readonly off: ReadonlySet<string>
  /** what comes is ours to send; otherwise another program has sent it or may have */
  readonly isToSend?: boolean
  /** shared resources that are stored for certain, by reference: they are not asked for again */
  readonly known: Set<string>
}

/** What the batches become, gathered one after the other. */
interface Gathering {
  readonly put: (write: Write) => void
  readonly known: Known & { readonly isFirst: boolean }
  readonly setting: GatherSetting
  readonly shared: string[]
  /** cards by reference, as they will be stored */
  readonly cards: Map<string, Coverage>
}

/** @param known `isFirst`: what the record does not know is taken for new, and the primary key says if it is not */
export function writesOf(batches: readonly Batch[], known: Gathering['known'], setting: GatherSetting): Writing {
  const writes = new Map<string, Write>()
  const ofFile = new Map<string, string>()
  const findings = new Map<string, readonly Finding[]>()
  const shared: string[] = []
  const cards = new Map<string, Coverage>()
  for (const { hash, dossiers, binaries, attachments } of batches) {
    const put = (write: Write): void => {
      const reference = `${write.type}/${write.id}`
      writes.set(reference, write)
      ofFile.set(reference, hash)
    }
    for (const binary of binaries) put(known.isFirst ? resourceWrite(binary, 'none') : present(resourceWrite(binary)))
    const into = { put, known, setting, shared, cards }
    const late = dossiers
      .filter((prepared) => !known.ours.has(prepared))
      .filter((prepared) => !gatherDossier(prepared, attachments(prepared), into))
    const ours = dossiers.filter((prepared) => known.ours.has(prepared))
    findings.set(hash, [...late.map(outdated), ...ours.map(composedHere)])
  }
  return { writes, ofFile, findings, shared }
}

/** @returns false where a later state of the dossier is stored */
function gatherDossier(prepared: PreparedDossier, kept: readonly Attachment[], into: Gathering): boolean {
  const { put, known, setting } = into
  const document = versionOf<DocumentReference>(known.current, `DocumentReference/${documentId(prepared.dossier)}`)
  if (document.resource && isLater(document.resource, prepared)) return false
  const chart = known.charts.get(prepared)!
  const mapped =
    chart.id === prepared.patient.id ? prepared : { ...prepared, ...mapDossier(prepared.dossier, chart.id) }
  const unseen = known.isFirst && document.expected === 'none' ? 'none' : 'any'
  const now = new Set<string>()
  for (const resource of mapped.resources) {
    now.add(`${resource.resourceType}/${resource.id}`)
    if (resource.resourceType === 'Patient') continue
    if (resource.resourceType === 'Coverage') gatherCard(resource, into)
    else if (isShared(resource.resourceType)) gatherShared(resource, into)
    else put(resourceWrite(resource, unseen))
  }
  if (chart.write) put(chart.write)
  for (const doubt of chart.doubts) put(present(resourceWrite(doubt)))
  put(resourceWrite(keptDossier(kept, mapped), document.expected))
  const task = taskOf(mapped, document.resource, known, setting)
  const before = versionOf<Task>(known.current, `Task/${prepared.claim.id}`)
  if (task) put(resourceWrite(task, before.resource ? before.expected : unseen))
  for (const { type, id } of document.resource ? resourcesOf(document.resource) : []) {
    if (!isShared(type) && !now.has(`${type}/${id}`)) put({ method: 'delete', type, id, expected: 'any' })
  }
  return true
}

function gatherShared(resource: FhirResource, { put, setting, shared }: Gathering): void {
  const reference = `${resource.resourceType}/${resource.id}`
  if (setting.known.has(reference)) return
  shared.push(reference)
  put(present(resourceWrite(resource)))
}

/** Dossiers come in any order: a card that is known with a later end stays. */
function gatherCard(card: Coverage, { put, known, cards }: Gathering): void {
  const reference = `Coverage/${card.id}`
  const stored = known.current.get(reference)
  const { resource, expected } = versionOf<Coverage>(known.current, reference)
  const before = cards.get(reference) ?? resource
  if (before !== null && (before.period?.end ?? '') > (card.period?.end ?? '')) return
  cards.set(reference, card)
  const write = resourceWrite(card, known.isFirst ? expected : 'any')
  if (!stored?.body || !write.sameAs?.(stored.body)) put(write)
}

/** Of what others may have completed by hand, what is there stays: only what is missing is written. */
const present = (write: Extract<Write, { method: 'put' }>): Write => ({ ...write, sameAs: () => true })

/** States that the check alone decides; the others are between us and the portal. */
const CHECKED: ReadonlySet<string> = new Set(['draft', 'ready', 'elsewhere'])

/**
 * The work on the dossier from now on. What says the same as before stays where it is with the portal; what was corrected
 * begins anew, and its receipt is kept. Whose it was to send stays so, unless it is said to be ours now.
 * @returns null where the Task stays as it is
 */
function taskOf(
  prepared: PreparedDossier,
  document: DocumentReference | null,
  { current }: Known,
  { off, isToSend = false }: GatherSetting,
): Task | null {
  const { resource: before } = versionOf<Task>(current, `Task/${prepared.claim.id}`)
  const task = dossierTask({ ...prepared, off, isSentElsewhere: !isToSend && (!before || isSentElsewhere(before)) })
  if (!before) return task
  const isSame = document !== null && fingerprintIn(document) === fingerprintOf(prepared.dossier)
  const stays =
    !CHECKED.has(stateOf(before)) ||
    (stateOf(before) === stateOf(task) && sameWork(withCatalogueFindings(before, []), task))
  if (isSame && stays) return null
  return inState(task, stateOf(task), 'Hồ sơ được nhập lại từ một tệp mới', receiptOf(before))
}

/** What the check found, and who sends it. */
const sameWork = (a: Task, b: Task): boolean =>
  JSON.stringify([a.input, a.meta?.tag]) === JSON.stringify([b.input, b.meta?.tag])

/** Whether what is stored was made on a later day than what came. */
function isLater(stored: DocumentReference, { dossier }: PreparedDossier): boolean {
  const made = dateOf(dossier.made)
  return made !== null && stored.date !== undefined && Date.parse(stored.date) > Date.parse(made)
}

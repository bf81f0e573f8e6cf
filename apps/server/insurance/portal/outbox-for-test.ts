import { generateKeyPairSync } from 'node:crypto'
import { accept, type Outcome } from '#fhir/outcome'
import type { Author, RecordStore } from '#foundation/record-store'
import { signDossierFile, type SigningKey, testCertificate } from '#obligations/digital-signature'
import { type Dossier, writeCheckIn, writeDossierFile } from '#obligations/health-insurance'
import { FAKE_ACCOUNT } from '#testing/fake-portal'
import { dossierTask } from '../dossier-task.ts'
import { resourceWrite } from '../resource-write.ts'
import { AT_ONCE, type Destination, PORTAL_KINDS, PORTAL_PATHS } from './destination.ts'
import { Outbox, type OutboxOptions } from './outbox.ts'
import { Portal, type PortalOptions } from './portal.ts'
import type { Sending } from './sending-task.ts'

export const DESK: Author = { reference: 'Practitioner/desk' }
export const WORKER: Author = { reference: 'Device/outbox' }

let made: SigningKey | null = null

/** One key for every test of a file. */
export function aKey(): SigningKey {
  if (made) return made
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
  const now = Date.now()
  const [from, to] = [new Date(now - 86_400_000), new Date(now + 86_400_000)]
  const serial = Buffer.alloc(16, 7)
  made = { privateKey, certificate: testCertificate({ privateKey, facility: '00901', from, to, serial }) }
  return made
}

/** A dossier of somebody who does not exist, at a facility that does not exist. */
export const aDossier = (visit: string, note = ''): Dossier => ({
  decision: '3176',
  facility: FAKE_ACCOUNT.facility,
  made: '20261124',
  visit,
  tables: { XML1: [{ values: { MA_LK: visit, STT: '1', HO_TEN: 'Nguyễn Văn Thử', GHI_CHU: note }, unknown: null }] },
  signature: null,
})

export const signedText = (visit: string, note = ''): string =>
  signDossierFile(writeDossierFile([aDossier(visit, note)], '20261124'), aKey())

export const aSignedFile = (visit = 'LK-1'): Uint8Array => Buffer.from(signedText(visit))

/** The message that somebody came. */
export const aSignedCheckIn = (visit: string): Uint8Array => {
  const values = { MA_LK: visit, STT: '1', HO_TEN: 'Nguyễn Văn Thử', MA_CSKCB: FAKE_ACCOUNT.facility }
  const message = writeCheckIn({ ...aDossier(visit), tables: { XML0: [{ values, unknown: null }] } })
  return Buffer.from(signDossierFile(message, aKey()))
}

export const destinationAt = (base: string, more: Partial<Destination> = {}): Destination => ({
  id: 'bhxh',
  name: 'Cổng thử',
  base,
  paths: PORTAL_PATHS,
  kinds: PORTAL_KINDS,
  atOnce: AT_ONCE,
  ...FAKE_ACCOUNT,
  province: '00',
  ...more,
})

export const portalAt = (base: string, options: PortalOptions = {}, more: Partial<Destination> = {}): Portal =>
  new Portal(destinationAt(base, more), { timeout: 1000, retryAfter: 10, ...options })

/** An outbox that sends each claim as the dossier of the same name. */
export const outboxOver = (store: RecordStore, portals: readonly Portal[], more: Partial<OutboxOptions> = {}): Outbox =>
  new Outbox({
    store,
    portals,
    compose: async (claim) => accept(signedText(claim)),
    worker: WORKER,
    grace: 300,
    ...more,
  })

/** Made ready and sent by the worker; what became of it. */
export async function sendAndWait(outbox: Outbox, subject: string): Promise<Outcome<readonly Sending[]>> {
  const queued = await outbox.send(subject, DESK)
  if (!queued.ok) return queued
  await outbox.runOnce()
  return accept(await outbox.state(subject))
}

/** A dossier that was imported and has no errors; one with errors where `ready` is false. */
export async function aClaim(store: RecordStore, id: string, ready = true): Promise<string> {
  const problem = { severity: 'error', table: 'XML1', row: 1, field: 'MA_LK' } as const
  const texts = { rule: 'BHYT-1', message: '', english: '', wayOut: '', source: '' }
  const task = dossierTask({
    dossier: aDossier(id),
    claim: {
      resourceType: 'Claim',
      id,
      status: 'active',
      type: {},
      use: 'claim',
      patient: { reference: 'Patient/thu' },
      created: '2026-11-24',
      provider: { display: 'x' },
      priority: {},
      insurance: [],
    },
    encounter: undefined,
    findings: ready ? [] : [{ ...problem, ...texts }],
    off: new Set(),
  })
  const written = await store.writeOne(resourceWrite(task), WORKER)
  if (!written.ok) throw new Error('a claim for a test was not stored')
  return id
}

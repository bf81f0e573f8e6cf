import { dayOfInstant } from '#hospital/calendar'
import { no, type Outcome, refuse, accept } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { signDossierFile } from '#obligations/digital-signature'
import { checkDossier, writeDossierFile } from '#obligations/health-insurance'
import type { Settings } from '../../settings.ts'
import { currentDossiers } from '../current-dossiers.ts'
import { readTask } from '../dossier-detail.ts'
import { switchedOff } from '../rule-switches.ts'
import { type Signer, signerOf } from '../signing-key.ts'
import { type Destination, destinationsOf } from './destination.ts'
import { NOT_FOUND, Outbox } from './outbox.ts'
import { HAS_ERRORS } from './outbox-lines.ts'
import { Portal } from './portal.ts'

/** What the worker does by itself is written in this name. */
const WORKER = { reference: 'Device/lanh' }

const NOT_SIGNED = no('OUTBOX-6', 'business-rule', {
  vi: 'Chưa khai báo chứng thư số của cơ sở (LANH_SIGNING_KEY): chứng thư thử nghiệm chỉ gửi được tới cổng thử trên máy này',
  en: "The facility's certificate is not set (LANH_SIGNING_KEY): a test certificate goes to a portal on this machine only",
})

/** The outbox of these settings over the record. @throws WrongUse where the account of a portal is incomplete */
export function openOutbox(store: RecordStore, settings: Settings, environment: NodeJS.ProcessEnv): Outbox {
  const destinations = destinationsOf(settings, environment)
  // Made when the first dossier is sent: whoever sends none needs no key.
  let signer: Promise<Signer> | null = null
  return new Outbox({
    store,
    portals: destinations.map((destination) => new Portal(destination)),
    worker: WORKER,
    compose: async (claim) => {
      signer ??= signerOf(settings)
      const { key, isForTryingOut } = await signer
      if (isForTryingOut && !destinations.every(isOnThisMachine)) return refuse([NOT_SIGNED])
      const file = await fileOf(store, claim)
      return file.ok ? accept(signDossierFile(file.value, key)) : file
    },
  })
}

/** The dossier as the record says it today, checked again: what was right when it came may have been changed since. */
async function fileOf(store: RecordStore, claim: string): Promise<Outcome<string>> {
  const task = await readTask(store, claim)
  if (!task) return refuse([NOT_FOUND])
  const [dossier] = await currentDossiers(store, [task])
  if (!dossier) return refuse([NOT_FOUND])
  const findings = checkDossier(dossier, { off: await switchedOff(store) })
  if (findings.some(({ severity }) => severity !== 'warning')) return refuse([HAS_ERRORS])
  return accept(writeDossierFile([dossier], dayOfInstant(Date.now()).replaceAll('-', '')))
}

const isOnThisMachine = ({ base }: Destination): boolean =>
  ['127.0.0.1', '[::1]', 'localhost'].includes(new URL(base).hostname)

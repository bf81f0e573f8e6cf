import { dayOfInstant } from '#hospital/calendar'
import { no, type Outcome, refuse, accept } from '#fhir/outcome'
import type { RecordStore } from '#foundation/record-store'
import { signDossierFile } from '#obligations/digital-signature'
import { checkDossier, composeCheckIn, writeCheckIn, writeDossierFile } from '#obligations/health-insurance'
import type { Settings } from '../../settings.ts'
import { currentDossiers } from '../current-dossiers.ts'
import { readTask } from '../dossier-detail.ts'
import { switchedOff } from '../rule-switches.ts'
import { type Signer, signerOf } from '../signing-key.ts'
import { visitChart } from '../visit-chart.ts'
import { type Destination, destinationsOf } from './destination.ts'
import { NOT_FOUND, Outbox } from './outbox.ts'
import { CHECK_INS, DOSSIERS, HAS_ERRORS, type OutboxLine } from './outbox-lines.ts'
import { Portal } from './portal.ts'
import type { SendingDesk } from './sending-desk.ts'

/** What the worker does by itself is written in this name. */
const WORKER = { reference: 'Device/lanh' }

const NOT_SIGNED = no('OUTBOX-6', 'business-rule', {
  vi: 'Chưa khai báo chứng thư số của cơ sở (LANH_SIGNING_KEY): chứng thư thử nghiệm chỉ gửi được tới cổng thử trên máy này',
  en: "The facility's certificate is not set (LANH_SIGNING_KEY): a test certificate goes to a portal on this machine only",
})

/** What is sent from these settings over the record. @throws WrongUse where the account of a portal is incomplete */
export function openSending(store: RecordStore, settings: Settings, environment: NodeJS.ProcessEnv): SendingDesk {
  const portals = destinationsOf(settings, environment).map((destination) => new Portal(destination))
  const sign = signing(settings, portals)
  const outbox = (line: OutboxLine, fileOf: (store: RecordStore, id: string) => Promise<Outcome<string>>): Outbox =>
    new Outbox({
      store,
      portals,
      line,
      worker: WORKER,
      compose: async (id) => {
        const signed = await sign()
        if (!signed.ok) return signed
        const file = await fileOf(store, id)
        return file.ok ? accept(signed.value(file.value)) : file
      },
    })
  return {
    dossiers: outbox(DOSSIERS, dossierFile),
    checkIns: outbox(CHECK_INS, checkInFile),
    portal: portals[0] ?? null,
    asker: { name: settings.portalAsker, personalId: settings.portalAskerId },
  }
}

type Sign = (xml: string) => string

/** How files are signed. The key is read when the first one is sent: whoever sends none needs no key. */
function signing(settings: Settings, portals: readonly Portal[]): () => Promise<Outcome<Sign>> {
  let signer: Promise<Signer> | null = null
  return async () => {
    signer ??= signerOf(settings)
    const { key, isForTryingOut } = await signer
    const isHere = portals.every(({ destination }) => isOnThisMachine(destination))
    return isForTryingOut && !isHere ? refuse([NOT_SIGNED]) : accept((xml) => signDossierFile(xml, key))
  }
}

/** The message that somebody came, as the chart has it. */
async function checkInFile(store: RecordStore, encounter: string): Promise<Outcome<string>> {
  const chart = await visitChart(store, encounter)
  const composed = chart && composeCheckIn(chart, { off: await switchedOff(store) })
  if (!composed) return refuse([NOT_FOUND])
  const wrong = composed.findings.find(({ severity }) => severity !== 'warning')
  if (wrong) {
    const what = { vi: `Chưa gửi được thông tin vào khám: ${wrong.message}`, en: `Not to be sent: ${wrong.english}` }
    return refuse([no('OUTBOX-9', 'business-rule', what)])
  }
  return accept(writeCheckIn(composed.dossier))
}

/** The dossier as the record says it today, checked again: what was right when it came may have been changed since. */
async function dossierFile(store: RecordStore, claim: string): Promise<Outcome<string>> {
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

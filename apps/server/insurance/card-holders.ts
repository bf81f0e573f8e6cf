/** Our patients behind a card: who has it, what our record says of it, and how what the portal says becomes ours. */
import { dayOfInstant } from '#hospital/calendar'
import { identifierSystems } from '#fhir/naming'
import { accept, no, type Outcome, refuse } from '#fhir/outcome'
import type { Coverage, Encounter, FhirResource, Patient } from '#fhir/r4'
import { parseSearch } from '#fhir/search'
import type { Author, RecordStore, Write } from '#foundation/record-store'
import { coveragesOf, exceptionIn } from '#obligations/health-insurance'
import type { CardFacts, CardHolder, CheckIn } from './card-api.ts'
import { compact, coverageFacts } from './card-facts.ts'
import { identifierOf, nameOf } from './dossier-lines.ts'
import { escaped } from './find-tasks.ts'
import { identify } from './identify.ts'
import { resourceWrite } from './resource-write.ts'

/** People that are shown for one number. */
const MOST = 10

const NO_PATIENT = no('CARD-4', 'not-found', { vi: 'Không có người bệnh này', en: 'There is no such patient' })

type Pairs = readonly (readonly [name: string, value: string])[]

async function found<T extends FhirResource>(store: RecordStore, type: T['resourceType'], pairs: Pairs): Promise<T[]> {
  const request = await parseSearch(type, pairs, { base: '', handling: 'strict' })
  if (!request.ok) throw new Error(`${type} cannot be searched for`)
  const { versions } = await store.find({ ...request.value, count: MOST })
  return versions.flatMap(({ body }) => (body ? [JSON.parse(body) as T] : []))
}

/** Everybody of ours with one of these numbers. @param checkInOf how the message of a visit stands */
export async function cardHolders(
  store: RecordStore,
  numbers: readonly string[],
  checkInOf: (encounter: string) => Promise<CheckIn | null>,
): Promise<readonly CardHolder[]> {
  const asked = [...new Set(numbers.filter((number) => number !== ''))].map(escaped)
  if (asked.length === 0) return []
  const named: Pairs = [['identifier', asked.join(',')]]
  const [known, covered] = await Promise.all([
    found<Patient>(store, 'Patient', named),
    found<Coverage>(store, 'Coverage', named),
  ])
  const others = covered.flatMap(({ beneficiary }) => beneficiary.reference?.split('/')[1] ?? [])
  const missing = [...new Set(others)].filter((id) => !known.some((patient) => patient.id === id))
  const versions = await store.readMany(missing.map((id) => ({ type: 'Patient', id })))
  const patients = [...known, ...versions.flatMap((each) => (each?.body ? (JSON.parse(each.body) as Patient) : []))]
  return Promise.all(patients.map((patient) => holderOf(store, patient, numbers, checkInOf)))
}

async function holderOf(
  store: RecordStore,
  patient: Patient,
  numbers: readonly string[],
  checkInOf: (encounter: string) => Promise<CheckIn | null>,
): Promise<CardHolder> {
  const [coverages, visits] = await Promise.all([
    found<Coverage>(store, 'Coverage', [['beneficiary', `Patient/${patient.id}`]]),
    found<Encounter>(store, 'Encounter', [
      ['patient', `Patient/${patient.id}`],
      ['status', 'arrived,triaged,in-progress'],
      ['_sort', '-date'],
    ]),
  ])
  const coverage = currentOf(coverages, numbers)
  // The innermost of several is a stay in a ward: the visit is the one that is part of none.
  const visit = visits.find(({ partOf }) => partOf === undefined) ?? visits[0]
  return {
    patient: {
      id: patient.id ?? '',
      name: nameOf(patient),
      birthDate: patient.birthDate ?? '',
      code: identifierOf(patient, identifierSystems.patientCode),
    },
    coverage: coverage ? coverageFacts(coverage) : null,
    visit: visit
      ? { id: visit.id ?? '', since: visit.period?.start ?? '', checkIn: await checkInOf(visit.id ?? '') }
      : null,
  }
}

const numberOf = (coverage: Coverage): string => coverageFacts(coverage).number

/** The card that was asked about, else the one that holds longest. */
function currentOf(coverages: readonly Coverage[], numbers: readonly string[]): Coverage | undefined {
  const active = coverages.filter(({ status }) => status === 'active')
  return (
    active.find((each) => numbers.includes(numberOf(each))) ??
    active.toSorted((a, b) => ((a.period?.end ?? '') < (b.period?.end ?? '') ? 1 : -1))[0]
  )
}

/**
 * Makes a card the patient's: its Coverage is made or renewed, the card it replaces is cancelled, and the number leads to
 * the patient from now on. One transaction.
 * @param replaces number of the card that holds no longer; '' where there is none
 */
export async function applyCard(
  store: RecordStore,
  patientId: string,
  { card, replaces }: { readonly card: CardFacts; readonly replaces: string },
  author: Author,
): Promise<Outcome<null>> {
  const outcome = await store.writeLocked(
    [`Patient/${patientId}`],
    async (within) => {
      const version = await within.read('Patient', patientId)
      if (!version?.body) return refuse([NO_PATIENT])
      const patient = JSON.parse(version.body) as Patient
      const coverages = await found<Coverage>(store, 'Coverage', [['beneficiary', `Patient/${patientId}`]])
      const before = coverages.find((each) => numberOf(each) === card.number)
      const old = replaces === '' ? undefined : coverages.find((each) => numberOf(each) === replaces)
      const writes: Write[] = [resourceWrite(renewed(patient, card, before))]
      if (old) writes.push(resourceWrite(cancelled(old)))
      const identified = withCard(patient, card.number)
      if (identified !== patient) writes.push(resourceWrite(identified, version.version))
      return accept(writes)
    },
    author,
  )
  return outcome.ok ? accept(null) : outcome
}

const CARD = identifierSystems.insuranceCard

const cancelled = (coverage: Coverage): Coverage => ({ ...coverage, status: 'cancelled' })

function withCard(patient: Patient, number: string): Patient {
  const known = patient.identifier ?? []
  const isKnown = known.some(({ system, value }) => system === CARD && value === number)
  return isKnown ? patient : { ...patient, identifier: [...known, { system: CARD, value: number }] }
}

/** What the portal says, over what was there: what it does not say stays. */
function renewed(patient: Patient, card: CardFacts, before: Coverage | undefined): Coverage {
  const [made] = coveragesOf(
    {
      MA_THE_BHYT: card.number,
      GT_THE_TU: compact(card.validFrom),
      GT_THE_DEN: compact(card.validTo),
      MA_DKBD: card.facility,
      MA_KHUVUC: card.area,
      NAM_NAM_LIEN_TUC: compact(card.fiveYears),
      NGAY_MIEN_CCT: (before && exceptionIn(before, 'co-payment-exempt')) ?? '',
      NGAY_VAO: compact(dayOfInstant(Date.now())),
    },
    patient,
    (number) => before?.id ?? identify('Coverage', patient.id ?? '', number),
  )
  if (!made) throw new Error('a card without a number was to be applied')
  return { ...before, ...made }
}

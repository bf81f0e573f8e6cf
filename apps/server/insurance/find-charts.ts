/** Whose chart is it? Looked up for many dossiers at once; what is doubtful is left to a person. */
import { identifierSystems } from '#fhir/naming'
import type { Identifier, Patient, Task } from '#fhir/r4'
import type { ImportWork, Write } from '#foundation/record-store'
import { joinPatients } from '#obligations/health-insurance'
import { doubtfulJoin } from './doubtful-join.ts'
import { identifierTerms } from './identifier-terms.ts'
import { identify } from './identify.ts'
import type { PreparedDossier } from './prepare-file.ts'
import { resourceWrite } from './resource-write.ts'

/** Where a dossier's patient is found. */
export interface Chart {
  /** id of the Patient */
  readonly id: string
  /** what may lead others to the same chart: dossiers with one in common are stored one after the other */
  readonly keys: readonly string[]
  /** null where the Patient stays as it is */
  readonly write: Write | null
  /** pairs that a person has to look at */
  readonly doubts: readonly Task[]
}

/** Mã số bảo hiểm xã hội: the last ten characters of every card of a person, which stay when the card changes. */
const SOCIAL_INSURANCE = 'urn:lanh:sid:social-insurance'
const CARD = /^[A-Z]{2}[1-5]\w{2}(\w{10})$/i

/** Identifiers that lead from one chart to another. */
const LEADING: ReadonlySet<string | undefined> = new Set([
  identifierSystems.patientCode,
  identifierSystems.personalId,
  identifierSystems.formerId,
  identifierSystems.passport,
  identifierSystems.insuranceCard,
  SOCIAL_INSURANCE,
])

/** The day of the dossier that a Patient's particulars were taken from; absent once they are a person's. */
const AS_OF = 'urn:lanh:extension:as-of'

/** A Patient of the record, as it is or as it will be. */
interface Candidate {
  readonly patient: Patient
  readonly expected: 'none' | number
  /** false once a person has written it: its particulars are theirs */
  readonly imported: boolean
}

/**
 * Finds the chart of each dossier, in their order: a chart that one of them opens is there for the next.
 * @param before by dossier, the chart it was filed in when it came the last time
 * @param importer who imported charts are written by
 */
export async function findCharts(
  store: Pick<ImportWork, 'readMany' | 'carrying'>,
  dossiers: readonly PreparedDossier[],
  before: ReadonlyMap<PreparedDossier, string>,
  importer: string,
): Promise<ReadonlyMap<PreparedDossier, Chart>> {
  const people = new Map(dossiers.map((each) => [each, withSocialInsurance(each.patient)]))
  const candidates = await candidatesOf(store, [...people.values()], [...before.values()], importer)
  const byKey = new Map<string, Set<string>>()
  const remember = (candidate: Candidate): void => {
    const id = candidate.patient.id ?? ''
    candidates.set(id, candidate)
    for (const key of keysOf(candidate.patient)) byKey.set(key, (byKey.get(key) ?? new Set()).add(id))
  }
  for (const candidate of candidates.values()) remember(candidate)
  const charts = new Map<PreparedDossier, Chart>()
  for (const [each, patient] of people) {
    const keys = keysOf(patient)
    const met = [...new Set(keys.flatMap((key) => [...(byKey.get(key) ?? [])]))].map((id) => candidates.get(id)!)
    const filed = candidates.get(before.get(each) ?? '')
    const { found, doubtful } = decide(patient, filed, met)
    const day = dayOf(each.dossier)
    const next = found ? united(found, patient, day) : newChart(patient, day, candidates, each.dossier.facility)
    const id = next.patient.id ?? ''
    charts.set(each, {
      id,
      keys: [...keys, id],
      write: next === found ? null : resourceWrite(next.patient, next.expected),
      doubts: doubtful.map((other) => doubtfulJoin(other.id, id, other.why)),
    })
    if (next !== found) remember(next)
  }
  return charts
}

/** Everybody who shares a number with one of the dossiers' patients. */
async function candidatesOf(
  store: Pick<ImportWork, 'readMany' | 'carrying'>,
  patients: readonly Patient[],
  filed: readonly string[],
  importer: string,
): Promise<Map<string, Candidate>> {
  const keys = [...new Set(patients.flatMap(keysOf))]
  const ids = [...new Set([...patients.map(({ id = '' }) => id), ...filed])]
  const own = await store.readMany(ids.map((id) => ({ type: 'Patient', id })))
  const others = await store.carrying('Patient', await identifierTerms('Patient', keys))
  const versions = [...others, ...own.filter((version) => version !== null)]
  return new Map(
    versions.flatMap(({ id, body, version, author }) =>
      body === null
        ? []
        : [[id, { patient: JSON.parse(body) as Patient, expected: version, imported: author === importer }]],
    ),
  )
}

/** Numbers that lead to a patient's chart. */
export const leadingKeys = (patient: Patient): readonly string[] => keysOf(withSocialInsurance(patient))

/** As the search wants them, with its own signs escaped. @source http://hl7.org/fhir/R4/search.html#escaping */
const keysOf = ({ identifier = [] }: Patient): readonly string[] =>
  identifier.filter(isLeading).map(({ system, value = '' }) => `${system}|${value.replace(/[\\,$|]/g, '\\$&')}`)

const isLeading = ({ system, value }: Identifier): boolean => LEADING.has(system) && value !== undefined && value !== ''

interface Decided {
  readonly found: Candidate | undefined
  readonly doubtful: readonly { readonly id: string; readonly why: string }[]
}

/** @param filed where the dossier was filed before: there it stays while its patient code does */
function decide(patient: Patient, filed: Candidate | undefined, met: readonly Candidate[]): Decided {
  const code = codeOf(patient)
  const stays = filed && (code === '' || hasCode(filed.patient, code)) ? filed : undefined
  const verdicts = met.map((each) => ({ each, id: each.patient.id ?? '', ...joinPatients(each.patient, patient) }))
  const same = verdicts.filter(({ verdict }) => verdict === 'same').map(({ each }) => each)
  const found = stays ?? same.find((each) => hasCode(each.patient, code)) ?? same[0]
  return { found, doubtful: verdicts.filter(({ each, verdict }) => each !== found && verdict === 'doubtful') }
}

const codeOf = ({ identifier = [] }: Patient): string =>
  identifier.find(({ system }) => system === identifierSystems.patientCode)?.value ?? ''

const hasCode = ({ identifier = [] }: Patient, code: string): boolean =>
  identifier.some(({ system, value }) => system === identifierSystems.patientCode && value === code)

/** Somebody else may have the chart of this code: then this one is told apart by what else is known of the person. */
function newChart(
  patient: Patient,
  day: string,
  candidates: ReadonlyMap<string, Candidate>,
  facility: string,
): Candidate {
  const isTaken = candidates.has(patient.id ?? '')
  const person = [...keysOf(patient), patient.name?.[0]?.text ?? '', patient.birthDate ?? '']
  const id = isTaken ? identify('Patient', facility, ...person) : patient.id
  return {
    patient: withAsOf({ ...patient, ...(id === undefined ? {} : { id }) }, day),
    expected: 'none',
    imported: true,
  }
}

function withSocialInsurance(patient: Patient): Patient {
  const { identifier = [] } = patient
  const numbers = identifier.flatMap(({ system, value = '' }) =>
    system === identifierSystems.insuranceCard ? (CARD.exec(value.trim())?.[1] ?? []) : [],
  )
  const added = [...new Set(numbers)].map((value) => ({ system: SOCIAL_INSURANCE, value }))
  return added.length > 0 ? { ...patient, identifier: [...identifier, ...added] } : patient
}

/**
 * The chart with what the dossier adds: numbers are gathered, particulars are those of the latest dossier unless a
 * person has changed them since. @returns the same candidate where nothing changes
 */
function united(candidate: Candidate, patient: Patient, day: string): Candidate {
  const { patient: stored, expected, imported } = candidate
  const known = new Set(keysOfAll(stored))
  const added = (patient.identifier ?? []).filter(({ system, value }) => !known.has(`${system}|${value}`))
  const isNewer = imported && asOf(stored) !== '' && day >= asOf(stored)
  if (!isNewer && added.length === 0) return candidate
  const identifier = [...(stored.identifier ?? []), ...added]
  const next = isNewer
    ? { ...withAsOf(patient, day), ...kept(stored), id: stored.id, identifier }
    : { ...(imported ? stored : withAsOf(stored, '')), identifier }
  const result = { ...next, meta: { ...next.meta } } as Patient
  return sameParticulars(stored, result) ? candidate : { patient: result, expected, imported }
}

/** What no dossier says and a person may have said. */
const kept = ({ link, active, photo, communication }: Patient): Partial<Patient> =>
  Object.fromEntries(Object.entries({ link, active, photo, communication }).filter(([, value]) => value !== undefined))

const keysOfAll = ({ identifier = [] }: Patient): readonly string[] =>
  identifier.map(({ system, value }) => `${system}|${value}`)

const withAsOf = (patient: Patient, day: string): Patient => ({
  ...patient,
  extension: [
    ...(patient.extension ?? []).filter(({ url }) => url !== AS_OF),
    ...(day ? [{ url: AS_OF, valueDate: day }] : []),
  ],
})

const asOf = ({ extension = [] }: Patient): string => extension.find(({ url }) => url === AS_OF)?.valueDate ?? ''

/** Apart from the day they were seen, which alone is worth no version. */
function sameParticulars(a: Patient, b: Patient): boolean {
  const text = ({ meta: _meta, ...patient }: Patient): string =>
    JSON.stringify(Object.entries(withAsOf(patient, '')).toSorted(([x], [y]) => (x < y ? -1 : 1)))
  return text(a) === text(b)
}

/** yyyy-MM-dd of the end of care. */
function dayOf({ tables }: PreparedDossier['dossier']): string {
  const { NGAY_RA = '', NGAY_VAO = '' } = tables.XML1?.[0]?.values ?? {}
  const [, year, month, day] = /^(\d{4})(\d{2})(\d{2})/.exec(NGAY_RA || NGAY_VAO) ?? []
  return year ? `${year}-${month}-${day}` : ''
}

import { codeSystems, identifierSystems } from '#fhir/naming'
import type { Claim, Coverage, Encounter, FhirResource, Reference } from '#fhir/r4'
import type { Dossier, Values } from '../types.ts'
import { insuranceSystems } from './code-systems.ts'
import { coveragesOf } from './coverage.ts'
import { diagnosesOf } from './diagnoses.ts'
import { momentOf } from './moments.ts'
import { gatherNamed, namesIn } from './named.ts'
import { codingOf, conceptOf, listed, periodOf, some, textIn } from './parts.ts'
import { patientOf } from './patient.ts'
import type { Identify, Visit } from './table-mapping.ts'
import { visitClass, visitKindName } from './visit-kinds.ts'
import { numberOf } from './written-number.ts'

/** What rows share, and the resources that the summary becomes. */
export function visitOf(dossier: Dossier, identify: Identify): { visit: Visit; resources: () => FhirResource[] } {
  const { facility, visit: number } = dossier
  const summary = dossier.tables.XML1?.[0]?.values
  const id = (kind: string, ...parts: string[]): string => identify(kind, facility, number, ...parts)
  const values = summary ?? {}
  const patient = summary ? patientOf(values, identify('Patient', facility, values.MA_BN?.trim() || number)) : null
  const subject: Reference = patient
    ? some({ reference: `Patient/${patient.id}`, display: textIn(values.HO_TEN) })
    : { display: 'Không rõ người bệnh' }
  const named = gatherNamed(identify, facility, namesIn(dossier))
  const inVisit: Reference = { reference: `Encounter/${id('Encounter')}` }
  const diagnoses = diagnosesOf(values, (kind, code) => id('Condition', kind, code), subject, inVisit)
  const [provider = { display: facility || 'Không rõ cơ sở' }] = named.facilities(values.MA_CSKCB || facility)
  const encounter = encounterOf(values, {
    id: id('Encounter'),
    number,
    subject,
    provider,
    diagnosis: listed(diagnoses.map(({ inEncounter }) => inEncounter)),
    location: listed(named.departments(values.MA_KHOA).map((location) => ({ location }))),
    origin: named.facilities(values.MA_NOI_DI)[0],
    destination: named.facilities(values.MA_NOI_DEN)[0],
  })
  const coverages = patient ? coveragesOf(values, patient, (card) => identify('Coverage', patient.id ?? '', card)) : []
  const claim = claimOf(values, { id: id('Claim'), dossier, subject, provider, coverages, inVisit })
  const visit: Visit = { dossier, id, summary: values, patient, subject, encounter, inVisit, claim, named }
  const conditions = diagnoses.map(({ condition }) => condition)
  return {
    visit,
    resources: () => [
      ...(patient ? [patient] : []),
      ...coverages,
      encounter,
      ...conditions,
      claim,
      ...named.resources(),
    ],
  }
}

interface EncounterParts extends Pick<Encounter, 'diagnosis' | 'location'> {
  readonly id: string
  readonly number: string
  readonly subject: Reference
  readonly provider: Reference
  readonly origin: Reference | undefined
  readonly destination: Reference | undefined
}

function encounterOf(summary: Values, parts: EncounterParts): Encounter {
  const [start, end] = [momentOf(summary.NGAY_VAO), momentOf(summary.NGAY_RA)]
  const reason = textIn(summary.LY_DO_VV)
  const days = numberOf(summary.SO_NGAY_DTRI)
  return some<Encounter>({
    resourceType: 'Encounter',
    id: parts.id,
    identifier: listed([
      numbered(identifierSystems.visitNumber, parts.number),
      numbered(identifierSystems.recordNumber, summary.MA_HSBA),
    ]),
    status: summary.NGAY_RA ? 'finished' : 'in-progress',
    class: { system: codeSystems.encounterClass, code: visitClass(summary.MA_LOAI_KCB) },
    type: listed([
      conceptOf(codingOf(insuranceSystems.visitKind, summary.MA_LOAI_KCB), visitKindName(summary.MA_LOAI_KCB)),
    ]),
    subject: parts.subject,
    period: periodOf(start, end),
    length: days && { ...days, unit: 'ngày', system: codeSystems.ucum, code: 'd' },
    reasonCode: reason === undefined ? undefined : [{ text: reason }],
    diagnosis: parts.diagnosis,
    hospitalization: hospitalizationOf(summary, parts),
    location: parts.location,
    serviceProvider: parts.provider,
  })
}

const numbered = (system: string, value: string | undefined): { system: string; value: string } | undefined => {
  const said = textIn(value)
  return said === undefined ? undefined : { system, value: said }
}

function hospitalizationOf(summary: Values, { origin, destination }: EncounterParts): Encounter['hospitalization'] {
  const hospitalization = some({
    origin,
    admitSource: conceptOf(codingOf(insuranceSystems.visitReason, summary.MA_DOITUONG_KCB)),
    destination,
    dischargeDisposition: conceptOf(
      codingOf(insuranceSystems.discharge, summary.MA_LOAI_RV),
      DISCHARGES.get(summary.MA_LOAI_RV ?? ''),
    ),
  })
  return Object.keys(hospitalization).length > 0 ? hospitalization : undefined
}

/** @source appendix of 3176/QĐ-BYT, MA_LOAI_RV */
const DISCHARGES: ReadonlyMap<string, string> = new Map([
  ['1', 'Ra viện'],
  ['2', 'Chuyển tuyến theo yêu cầu chuyên môn'],
  ['3', 'Trốn viện'],
  ['4', 'Xin ra viện'],
  ['5', 'Chuyển tuyến theo yêu cầu người bệnh'],
])

interface ClaimParts {
  readonly id: string
  readonly dossier: Dossier
  readonly subject: Reference
  readonly provider: Reference
  readonly coverages: readonly Coverage[]
  readonly inVisit: Reference
}

function claimOf(summary: Values, { id, dossier, subject, provider, coverages }: ClaimParts): Claim {
  const [start, end] = [momentOf(summary.NGAY_VAO), momentOf(summary.NGAY_RA)]
  const total = numberOf(summary.T_TONGCHI_BV)
  const created = momentOf(summary.NGAY_TTOAN) ?? end ?? start ?? momentOf(dossier.made)
  const insurers: Reference[] = coverages.map((each) => ({ reference: `Coverage/${each.id}` }))
  if (insurers.length === 0) insurers.push({ display: 'Không có thẻ bảo hiểm y tế' })
  return some<Claim>({
    resourceType: 'Claim',
    id,
    identifier: listed([numbered(identifierSystems.visitNumber, dossier.visit)]),
    status: 'active',
    type: { coding: [{ system: CLAIM_TYPE, code: 'institutional' }] },
    use: 'claim',
    patient: subject,
    billablePeriod: periodOf(start, end),
    ...(created === undefined ? { _created: { extension: [UNKNOWN] } } : { created }),
    provider,
    priority: { coding: [{ system: PRIORITY, code: 'normal' }] },
    insurance: insurers.map((coverage, place) => ({ sequence: place + 1, focal: place === 0, coverage })),
    total: total && { ...total, currency: 'VND' },
  } as Claim)
}

const CLAIM_TYPE = 'http://terminology.hl7.org/CodeSystem/claim-type'
const PRIORITY = 'http://terminology.hl7.org/CodeSystem/processpriority'
/** @source http://hl7.org/fhir/R4/extension-data-absent-reason.html */
const UNKNOWN = { url: 'http://hl7.org/fhir/StructureDefinition/data-absent-reason', valueCode: 'unknown' }

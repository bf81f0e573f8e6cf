import type { Dosage, MedicationRequest, Reference } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import type { Care } from './care.ts'
import type { Chart } from './chart.ts'
import { medicineOf, routes, type Medicine } from './tables/medicines.ts'
import { DAY, dateTimeOf, midnight, type Minute } from './time.ts'

const conceptOf = (medicine: Medicine) => ({
  coding: [{ system: codeSystems.atc, code: medicine.atc }],
  text: medicine.name,
})

const amount = (value: number): string => String(value).replace('.', ',')

/** As the patient reads it: "Uống, ngày 2 lần, mỗi lần 1 viên, sau ăn". */
export const dosageText = ({ route, timesADay, each, unit, when }: Medicine): string =>
  `${routes[route].verb}, ngày ${timesADay} lần, mỗi lần ${amount(each)} ${unit}, ${when}`

const routeOf = ({ route }: Medicine) => ({
  coding: [{ system: 'http://snomed.info/sct', code: routes[route].snomed }],
  text: routes[route].name,
})

const dosageOf = (medicine: Medicine): Dosage => ({
  text: dosageText(medicine),
  timing: { repeat: { frequency: medicine.timesADay, period: 1, periodUnit: 'd' } },
  route: routeOf(medicine),
  doseAndRate: [{ doseQuantity: { value: medicine.each, unit: medicine.unit } }],
})

/** What a child under twelve gets instead; `null` where there is nothing to give. */
const childForms: Readonly<Record<string, string | null>> = {
  paracetamol: 'paracetamolChild',
  paracetamolIv: 'paracetamolChild',
  ibuprofen: 'paracetamolChild',
  amoxiclav: 'amoxicillinChild',
  cefuroxime: 'cefiximeChild',
  acetylcysteine: 'bromhexineChild',
  cetirizine: 'loratadineChild',
  loratadine: 'loratadineChild',
  methylprednisolone: null,
  budesonideFormoterol: null,
  calciumD3: null,
}

/** The medicines of several illnesses as one prescription: in the form for the age, one of each pharmacological group. */
export function fitting(keys: readonly string[], age: number): string[] {
  const groups = new Set<string>()
  return keys
    .map((key) => (age < 12 && key in childForms ? childForms[key] : key))
    .filter((key): key is string => {
      if (!key) return false
      const group = medicineOf(key).atc.slice(0, 5)
      return groups.has(group) ? false : Boolean(groups.add(group))
    })
}

interface Prescription {
  readonly key: string
  readonly at: Minute
  readonly days: number
  readonly stay: boolean
  readonly reason?: Reference
}

/** Writes one line of a prescription or of the ward's orders. Active while its days last. */
export function prescribe(chart: Chart, care: Care, { key, at, days, stay, reason }: Prescription): Reference {
  const medicine = medicineOf(key)
  const kind = stay ? 'inpatient' : 'outpatient'
  const system = 'http://terminology.hl7.org/CodeSystem/medicationrequest-category'
  const status: MedicationRequest['status'] = at + days * DAY > chart.now ? 'active' : 'completed'
  return chart.file({
    resourceType: 'MedicationRequest',
    status,
    intent: 'order',
    category: [{ coding: [{ system, code: kind }] }],
    medicationCodeableConcept: conceptOf(medicine),
    subject: chart.patient,
    encounter: care.encounter,
    authoredOn: dateTimeOf(at),
    requester: care.doctor.reference,
    ...(reason && { reasonReference: [reason] }),
    dosageInstruction: [dosageOf(medicine)],
    dispenseRequest: {
      validityPeriod: { start: dateTimeOf(at), end: dateTimeOf(at + days * DAY) },
      quantity: { value: Math.max(1, Math.round(medicine.timesADay * medicine.each * days)), unit: medicine.unit },
      expectedSupplyDuration: { value: days, unit: 'ngày', system: codeSystems.ucum, code: 'd' },
    },
  })
}

/** Hours at which a dose is due where the order names none, by how many there are in a day. */
const usualHours: Readonly<Record<number, readonly number[]>> = {
  1: [8],
  2: [8, 20],
  3: [6, 14, 22],
  4: [6, 12, 18, 23],
}

/** Hours of the day at which a medicine is due: those its order names ("8 giờ, 20 giờ"), else the usual ones. */
function dueHours({ when, timesADay }: Medicine): readonly number[] {
  const named = [...when.matchAll(/(\d+) giờ/g)].map((match) => Number(match[1]))
  return named.length === timesADay ? named : (usualHours[timesADay] ?? [8])
}

/** Why a dose was not given, now and then. */
const withheld = ['Người bệnh nôn', 'Người bệnh đi làm thủ thuật', 'Người bệnh từ chối', 'Tạm dừng theo y lệnh bác sĩ']

/** Writes the doses of one order on the day of `day`, up to now. @param order the MedicationRequest */
export function giveDoses(chart: Chart, care: Care, key: string, order: Reference, day: Minute, until: Minute): void {
  const medicine = medicineOf(key)
  for (const hour of dueHours(medicine)) {
    const due = midnight(day) + hour * 60 + chart.random.int(-12, 25)
    if (due < day || due > Math.min(until, chart.now)) continue
    const given = !chart.random.chance(0.015)
    chart.file({
      resourceType: 'MedicationAdministration',
      status: given ? 'completed' : 'not-done',
      ...(!given && { statusReason: [{ text: chart.random.pick(withheld) }] }),
      medicationCodeableConcept: conceptOf(medicine),
      subject: chart.patient,
      context: care.encounter,
      effectiveDateTime: dateTimeOf(due),
      performer: [{ actor: chart.nurse(care.department).reference }],
      request: order,
      dosage: { route: routeOf(medicine), dose: { value: medicine.each, unit: medicine.unit } },
    })
  }
}

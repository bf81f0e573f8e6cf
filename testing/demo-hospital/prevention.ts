import type { AllergyIntolerance } from 'fhir/r4.js'
import { codeSystems } from '#fhir/naming'
import type { Chart } from './chart.ts'
import { ageAt } from './person.ts'
import { allergens } from './tables/allergies.ts'
import { childVaccines, influenzaVaccine } from './tables/vaccines.ts'
import { DAY, YEAR, dateOf, dateTimeOf, midnight, yearOf, type Minute } from './time.ts'

const allergyStatus: Pick<AllergyIntolerance, 'clinicalStatus' | 'verificationStatus'> = {
  clinicalStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-clinical', code: 'active' }],
  },
  verificationStatus: {
    coding: [{ system: 'http://terminology.hl7.org/CodeSystem/allergyintolerance-verification', code: 'confirmed' }],
  },
}

/** What reception knows: allergic to something, to nothing known, or nobody asked. */
export type AllergyAnswer = 'some' | 'none' | 'unasked'

const answers = [
  { answer: 'some', weight: 16 },
  { answer: 'none', weight: 54 },
  { answer: 'unasked', weight: 30 },
] as const

/** Writes what is known about allergies: one or two, "none known", or nothing because nobody asked. */
export function askAllergies(chart: Chart, at: Minute, fixed?: AllergyAnswer): void {
  const { random } = chart
  const answer = fixed ?? random.weighted<(typeof answers)[number]>(answers).answer
  if (answer === 'unasked') return
  const recorder = chart.doctor(chart.department('clinic')).reference
  const shared = {
    resourceType: 'AllergyIntolerance',
    ...allergyStatus,
    patient: chart.patient,
    recordedDate: dateTimeOf(at),
    recorder,
  } as const
  if (answer === 'none') {
    chart.file({ ...shared, code: noKnownAllergy })
    return
  }
  const draw = () => random.weighted<(typeof allergens)[number]>(allergens)
  for (const allergen of new Set(random.chance(0.25) ? [draw(), draw()] : [draw()])) {
    chart.file({ ...shared, ...describe(allergen) })
  }
}

const noKnownAllergy = {
  coding: [{ system: 'http://snomed.info/sct', code: '716186003', display: 'No known allergy' }],
  text: 'Không có tiền sử dị ứng',
}

const describe = (
  allergen: (typeof allergens)[number],
): Pick<AllergyIntolerance, 'type' | 'category' | 'criticality' | 'code' | 'reaction'> => ({
  type: 'allergy',
  category: [allergen.category],
  criticality: allergen.severity === 'severe' ? 'high' : 'low',
  code: {
    ...(allergen.atc && { coding: [{ system: codeSystems.atc, code: allergen.atc }] }),
    text: allergen.name,
  },
  reaction: [{ manifestation: [{ text: allergen.reaction }], severity: allergen.severity }],
})

interface Dose {
  readonly cvx: string
  readonly name: string
  readonly disease: string
  readonly dose?: number
}

function vaccinate(chart: Chart, what: Dose, at: Minute): void {
  const department = chart.department('paediatrics')
  chart.file({
    resourceType: 'Immunization',
    status: 'completed',
    vaccineCode: { coding: [{ system: codeSystems.cvx, code: what.cvx }], text: what.name },
    patient: chart.patient,
    occurrenceDateTime: dateOf(at),
    primarySource: true,
    location: department.area.reference,
    lotNumber: `VX${chart.random.int(1000, 9999)}`,
    performer: [{ actor: chart.nurse(department).reference }],
    protocolApplied: [{ targetDisease: [{ text: what.disease }], doseNumberPositiveInt: what.dose ?? 1 }],
  })
}

/** Children follow the national schedule, some doses late or missing; the old get influenza vaccine in autumn. */
export function immunise(chart: Chart): void {
  const { person, random, now } = chart
  const age = ageAt(person, now)
  if (age < 7) {
    for (const row of childVaccines) {
      const at = midnight(person.born + (row.months / 12) * YEAR + random.int(0, 12) * DAY)
      if (at < now && !random.chance(0.06)) vaccinate(chart, row, at)
    }
  }
  if (age < 65 || !random.chance(0.45)) return
  const year = yearOf(now)
  for (const back of [2, 1, 0]) {
    const at = Date.UTC(year - back, 9, random.int(5, 28)) / 60_000
    if (at < now && random.chance(0.7)) vaccinate(chart, influenzaVaccine, at)
  }
}

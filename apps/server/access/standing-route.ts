/** How the reader stands to one patient: what of the chart is open to them, before anything of it is asked for. */
import type { FastifyInstance } from 'fastify'
import { type AccessRequest, type Decision, type Reader, referenceHash } from '#foundation/access-control'
import type { StandingShown } from './api.ts'
import { type AccessDesk, asReader, REFUSALS, refuse, said } from './desk.ts'
import { localTime } from './local-time.ts'
import type { Door } from './visits.ts'

/** What a chart is made of. */
const CHART_TYPES = [
  'Patient',
  'Coverage',
  'Encounter',
  'Flag',
  'AllergyIntolerance',
  'Condition',
  'Observation',
  'DiagnosticReport',
  'MedicationRequest',
  'MedicationStatement',
  'ServiceRequest',
  'Procedure',
  'CarePlan',
  'Composition',
  'DocumentReference',
  'ClinicalImpression',
]

const PATIENT = /^Patient\/[A-Za-z0-9.-]{1,64}$/

/**
 * A search outside the fence finds nothing and says so: to whoever may not see a chart it would look empty. The screens
 * ask here first. Nothing of the record is in the answer.
 */
export function standingRoute(app: FastifyInstance, desk: AccessDesk): void {
  app.post(
    '/access/standing',
    asReader(desk, async ({ reader, body: { patient }, reply }) =>
      typeof patient === 'string' && PATIENT.test(patient)
        ? standingOf(desk.door, reader, patient)
        : refuse(reply, 400, REFUSALS.malformed),
    ),
  )
}

async function standingOf(door: Door, reader: Reader, patient: string): Promise<StandingShown> {
  const at = localTime(door.now())
  const { holders } = door.rules.fenceOf(reader, at)
  const facts = await door.standings.of(referenceHash(patient), holders, true)
  const whole = { reader, at, labels: [], relations: [], ofPatient: false, withinPatients: true } as const
  const ofThem = {
    ...whole,
    labels: facts.labels,
    relations: facts.relations,
    ofPatient: true,
    withinPatients: reader.patients === null || reader.patients.includes(patient),
  }
  const decided = CHART_TYPES.map((type): readonly [string, Decision] => {
    const ask = (question: Omit<AccessRequest, 'act' | 'type'>, act: 'read' | 'search') =>
      door.rules.decide({ ...question, act, type })
    // what the role never searches for is closed whoever the patient is
    const searched = ask(whole, 'search')
    return [type, searched.allowed ? ask(ofThem, 'read') : searched]
  })
  const closed = decided.map(([, decision]) => decision).filter((decision) => !decision.allowed)
  const first = closed.find(({ breakGlass }) => breakGlass) ?? closed[0]
  return {
    reads: Object.fromEntries(decided.map(([type, { allowed }]) => [type, allowed])),
    breakGlass: closed.some(({ breakGlass }) => breakGlass),
    refusal: first ? said(first.refusal) : null,
  }
}

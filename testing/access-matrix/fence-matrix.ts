/** What a reader's fence shows, held against the rules written a second time; and the same with something wrong in it. */
import {
  type AccessRequest,
  AREA_BITS,
  areaOf,
  bitsOf,
  type CompiledPolicy,
  compilePolicy,
  DEFAULT_POLICY,
  fenceAllows,
  fenceBy,
  type Role,
  RULES,
} from '#foundation/access-control'
import { mayByRule } from './access-model.ts'
import { LABELS, readerOf, RELATIONS, ROLES, TWISTS, TYPES, usual } from './cases.ts'
import { changesOf, type Mutant, without } from './mutants.ts'

/** Scopes by type are held by the decision; the fence knows areas. */
const isByArea = ({ reader: { scopes } }: AccessRequest) =>
  scopes === null || scopes.every((scope) => !/\/[A-Z]/.test(scope))

/** Patients of the cases: one, whom a reader may be limited to or not. */
const PATIENT = 'Patient/p1'

const SOME_RELATIONS = RELATIONS.slice(0, 3)
const SOME_LABELS = LABELS.filter((labels) => labels.length === 0 || labels.includes('HIV') || labels.includes('EMP'))

/** Readings of every kind by somebody of this role, in their usual situation and in every other. */
function* readingsOf(role: Role): Generator<AccessRequest> {
  const twists = [(request: AccessRequest) => request, ...TWISTS]
  for (const type of TYPES) {
    for (const twist of twists) {
      for (const relations of SOME_RELATIONS) {
        for (const labels of SOME_LABELS) {
          const { reader, ofPatient, at } = twist(usual(readerOf(role), type, 'read'))
          const withinPatients = reader.patients === null || reader.patients.includes(PATIENT)
          const base = { reader, act: 'read', type, labels, ofPatient, withinPatients, at } as const
          yield { ...base, relations: ofPatient ? relations : [] }
        }
      }
    }
  }
}

const isShown = (compiled: CompiledPolicy, { reader, type, labels, ofPatient, relations, at }: AccessRequest) =>
  fenceAllows(fenceBy(compiled, reader, at), {
    area: AREA_BITS[areaOf(type)],
    labels: bitsOf(labels),
    patient: ofPatient ? PATIENT : null,
    relations: relations.map((each) => bitsOf(each.labels)),
  })

/** Readings that the fence shows and the rules do not allow, or the other way round. */
export function* wrongReadings(compiled: CompiledPolicy, roles: readonly Role[] = ROLES): Generator<AccessRequest> {
  for (const role of roles)
    for (const reading of readingsOf(role))
      if (isByArea(reading) && isShown(compiled, reading) !== mayByRule(reading)) yield reading
}

const isNoticed = (compiled: CompiledPolicy, roles: readonly Role[]) =>
  wrongReadings(compiled, roles).next().done !== true

/** Lines that give reading, each wrong in every way, and conditions that only the fence forgets. */
export function fenceMutants(): readonly Mutant[] {
  const reading = DEFAULT_POLICY.lines.flatMap((line, turn) => (line.acts.includes('read') ? [{ line, turn }] : []))
  const ofLines = reading.flatMap(({ line, turn }) =>
    changesOf(line, turn)
      .filter(([, changed]) => changed?.acts.includes('read') !== false)
      .filter(([, changed]) => changed === null || changed.acts.length <= line.acts.length)
      .filter(([how]) => how !== 'not to search')
      .map(([how, changed]): Mutant => {
        const lines = changed === null ? without(DEFAULT_POLICY.lines, line) : DEFAULT_POLICY.lines.with(turn, changed)
        const roles = [...new Set([...line.roles, ...(changed?.roles ?? [])])]
        return {
          id: `fence, line ${line.id}: ${how}`,
          isKilled: () => isNoticed(compilePolicy({ ...DEFAULT_POLICY, lines }), roles),
        }
      }),
  )
  const asked = RULES.conditions.filter((condition) => reading.some(({ line }) => condition.asked(line)))
  const ofConditions = asked
    .filter(({ of }) => of === 'asker')
    .map((condition): Mutant => {
      const rules = { ...RULES, conditions: without(RULES.conditions, condition) }
      return {
        id: `fence, rule ${condition.id}: not asked`,
        isKilled: () => isNoticed(compilePolicy(DEFAULT_POLICY, rules), ROLES),
      }
    })
  return [...ofConditions, ...ofLines]
}

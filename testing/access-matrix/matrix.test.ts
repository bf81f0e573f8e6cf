import { expect, test } from 'vitest'
import { type AccessRequest, compilePolicy, decide, DEFAULT_POLICY } from '#foundation/access-control'
import { glassByRule, glassHelpsByRule, mayByRule } from './access-model.ts'
import { cases, ROLES } from './cases.ts'
import { wrongReadings } from './fence-matrix.ts'
import { policyMutants } from './mutants.ts'
import { openedBy } from './opened-by.ts'

const short = ({ reader, act, type, labels, relations, ofPatient, withinPatients, at }: AccessRequest) =>
  [
    reader.roles.join('+'),
    act,
    type,
    `labels ${labels.join()}`,
    `relations ${relations.map(({ kind, until }) => `${kind} until ${until}`).join()}`,
    ofPatient ? (withinPatients ? 'of the patient' : 'of another patient') : 'of nobody',
    `${reader.agent} ${reader.network} factors ${reader.factors} patients ${reader.patients} scopes ${reader.scopes}`,
    at,
  ].join(' · ')

/** Of so many refusals one is asked whether it says rightly that breaking the glass helps. */
const HINTS = 5

test('the product allows what the rules allow and nothing else, and says where breaking the glass helps', () => {
  const leaks: string[] = []
  const wrongRefusals: string[] = []
  const wrongHints: string[] = []
  let count = 0
  for (const request of cases()) {
    count += 1
    const decision = decide(DEFAULT_POLICY, request)
    if (decision.allowed !== mayByRule(request)) (decision.allowed ? leaks : wrongRefusals).push(short(request))
    else if (!decision.allowed && count % HINTS === 0 && decision.breakGlass !== glassHelpsByRule(request))
      wrongHints.push(short(request))
  }
  const found = { leaks, wrongRefusals, wrongHints }
  expect(Object.entries(found).map(([what, list]) => [what, list.length, list.slice(0, 20)])).toEqual(
    Object.keys(found).map((what) => [what, 0, []]),
  )
  expect(count).toBeGreaterThan(20_000)
})

test('the glass opens as much as the rules say', () => {
  for (const { code } of DEFAULT_POLICY.breakGlass.reasons) {
    for (const role of ROLES) {
      const opened = openedBy(DEFAULT_POLICY, role, code)?.toSorted()
      expect([role, code, opened]).toEqual([role, code, glassByRule([role], code)?.toSorted()])
    }
  }
})

test('the fence shows what the rules let be read, and nothing else', () => {
  const wrong: string[] = []
  for (const reading of wrongReadings(compilePolicy(DEFAULT_POLICY))) if (wrong.length < 20) wrong.push(short(reading))
  expect(wrong).toEqual([])
})

test('every check and condition of a decision is noticed when it is missing', async () => {
  for (const mutant of policyMutants().filter(({ id }) => id.startsWith('rule '))) {
    expect([mutant.id, await mutant.isKilled()]).toEqual([mutant.id, true])
  }
})

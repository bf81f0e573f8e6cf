/**
 * The policy and the rules of a decision, each time with one thing wrong: a line gone, a condition forgotten, a role too
 * many. Whatever is wrong has to be noticed by the matrix; what is not noticed could be wrong today.
 */
import {
  ALL_AREAS,
  ALL_LABELS,
  bitsOf,
  compilePolicy,
  type CompiledPolicy,
  decideBy,
  DEFAULT_POLICY,
  type Line,
  type Policy,
  RULES,
  type Rules,
} from '#foundation/access-control'
import { glassByRule, mayByRule } from './access-model.ts'
import { ACTS, casesOf, ROLES } from './cases.ts'
import type { AccessRequest, Act, Area, GlassRule, Role } from '#foundation/access-control'
import { openedBy } from './opened-by.ts'

/** Something that is wrong on purpose. */
export interface Mutant {
  /** where it is wrong, and how: `line doctor-prescribe: without factors` */
  readonly id: string
  /** whether anything notices */
  readonly isKilled: () => boolean | Promise<boolean>
}

/** Requests with what the rules say, in heaps by role and act, so that only what a mutant concerns is asked again. */
type Heap = { readonly request: AccessRequest; readonly expected: boolean }[]

const heaps = new Map<Role, ReadonlyMap<Act, Heap>>()

function heapsOf(role: Role): ReadonlyMap<Act, Heap> {
  const known = heaps.get(role)
  if (known !== undefined) return known
  const made = new Map<Act, Heap>(ACTS.map((act) => [act, []]))
  for (const request of casesOf(role)) made.get(request.act)?.push({ request, expected: mayByRule(request) })
  heaps.set(role, made)
  return made
}

/** Whether some request of these roles and acts is decided otherwise than the rules say. */
function isNoticed(compiled: CompiledPolicy, roles: readonly Role[] = ROLES, acts: readonly Act[] = ACTS): boolean {
  for (const role of roles) {
    for (const act of acts) {
      const heap = heapsOf(role).get(act) ?? []
      if (heap.some(({ request, expected }) => decideBy(compiled, request).allowed !== expected)) return true
    }
  }
  return false
}

export const without = <T>(list: readonly T[], ...gone: readonly T[]): readonly T[] =>
  list.filter((each) => !gone.includes(each))

/** What is not in the list and would be new, a different one for each line; undefined where all of it is there already. */
function another<T>(all: readonly T[], list: readonly T[], turn: number, isNew: (each: T) => boolean): T | undefined {
  const others = without(all, ...list).filter(isNew)
  return others[turn % others.length]
}

/** Whether no line gives any of this yet. */
const isGivenNowhere = (roles: readonly Role[], acts: readonly Act[], areas: readonly Area[]): boolean =>
  !DEFAULT_POLICY.lines.some(
    (line) =>
      line.roles.some((role) => roles.includes(role)) &&
      line.acts.some((act) => acts.includes(act)) &&
      line.areas.some((area) => areas.includes(area)),
  )

export type Change = readonly [how: string, line: Line | null]

const PERMISSIONS = ['kinds', 'window', 'onDuty', 'factors', 'network', 'scoped', 'limited', 'types'] as const

function leftOut(line: Line, key: (typeof PERMISSIONS)[number]): Line {
  const { [key]: _, ...rest } = line
  return rest
}

/** Everything that can be wrong in one line. */
export function changesOf(line: Line, turn: number): readonly Change[] {
  const { roles, acts, areas, types, window } = line
  const role = another(ROLES, roles, turn, (each) => isGivenNowhere([each], acts, areas))
  const act = another(ACTS, acts, turn, (each) => isGivenNowhere(roles, [each], areas))
  const area = another(ALL_AREAS, areas, turn, (each) => isGivenNowhere(roles, acts, [each]))
  const more = <T>(list: readonly T[], one: T | undefined): readonly T[] => (one === undefined ? [] : [one])
  return [
    ['gone', null],
    ...PERMISSIONS.filter((key) => line[key] !== undefined).map((key): Change => [
      `without ${key}`,
      leftOut(line, key),
    ]),
    ...(line.tie === 'none' || line.kinds ? [] : [['without its tie', { ...line, tie: 'none' }] as Change]),
    ...(line.tie === 'relation' ? [] : [['for a relation only', { ...line, tie: 'relation' }] as Change]),
    ...more(roles, role).map((each): Change => [`also for ${each}`, { ...line, roles: [...roles, each] }]),
    ...roles.map((each): Change => [`not for ${each}`, { ...line, roles: without(roles, each) }]),
    ...more(acts, act).map((each): Change => [`also to ${each}`, { ...line, acts: [...acts, each] }]),
    ...acts.map((each): Change => [`not to ${each}`, { ...line, acts: without(acts, each) }]),
    ...more(areas, types === undefined ? area : undefined).map((each): Change => [
      `also in ${each}`,
      { ...line, areas: [...areas, each] },
    ]),
    ...areas.map((each): Change => [`not in ${each}`, { ...line, areas: without(areas, each) }]),
    ...(types ?? []).map((each): Change => [`not for ${each}`, { ...line, types: without(types ?? [], each) }]),
    ...(window === undefined
      ? []
      : ([
          ['on Sundays', { ...line, window: { ...window, weekdays: [...window.weekdays, 7] } }],
          ['not on Saturdays', { ...line, window: { ...window, weekdays: without(window.weekdays, 6) } }],
          ['an hour earlier', { ...line, window: { ...window, from: '05:00' } }],
          ['an hour later', { ...line, window: { ...window, to: '21:00' } }],
        ] as const)),
  ]
}

function lineMutants(policy: Policy): readonly Mutant[] {
  return policy.lines.flatMap((line, turn) =>
    changesOf(line, turn).map(([how, changed]): Mutant => {
      const lines = changed === null ? without(policy.lines, line) : policy.lines.with(turn, changed)
      const roles = [...new Set([...line.roles, ...(changed?.roles ?? [])])]
      const acts = [...new Set([...line.acts, ...(changed?.acts ?? [])])]
      return {
        id: `line ${line.id}: ${how}`,
        isKilled: () => isNoticed(compilePolicy({ ...policy, lines }), roles, acts),
      }
    }),
  )
}

const policyMutant = (id: string, policy: Policy): Mutant => ({ id, isKilled: () => isNoticed(compilePolicy(policy)) })

function clearanceMutants(policy: Policy): readonly Mutant[] {
  return policy.clearances.flatMap((clearance, i) => {
    const { id, labels, roles } = clearance
    const changed = (how: string, change: object) =>
      policyMutant(`clearance ${id}: ${how}`, {
        ...policy,
        clearances: policy.clearances.with(i, { ...clearance, ...change }),
      })
    const cleared = compilePolicy(policy).clearanceOf
    const isNew = (each: Role) => (bitsOf(labels) & ~cleared([each])) !== 0
    const role = another(ROLES, roles, i, isNew)
    return [
      ...labels.map((label) => changed(`without ${label}`, { labels: without(labels, label) })),
      ...without(ALL_LABELS, ...labels).map((label) => changed(`with ${label}`, { labels: [...labels, label] })),
      ...roles.map((each) => changed(`not for ${each}`, { roles: without(roles, each) })),
      ...(role === undefined ? [] : [changed(`also for ${role}`, { roles: [...roles, role] })]),
    ]
  })
}

function networkMutants(policy: Policy): readonly Mutant[] {
  const { inside, exempt } = policy.networks
  const changed = (how: string, change: object) =>
    policyMutant(`networks: ${how}`, { ...policy, networks: { ...policy.networks, ...change } })
  return [
    changed('everything is inside', { inside: ['0.0.0.0/0', '::/0'] }),
    changed('nothing is inside', { inside: [] }),
    ...inside.map((range) => changed(`without ${range}`, { inside: without(inside, range) })),
    ...exempt.map((role) => changed(`${role} is not exempt`, { exempt: without(exempt, role) })),
    ...without(ROLES, ...exempt).map((role) => changed(`${role} is exempt`, { exempt: [...exempt, role] })),
  ]
}

/** Roles whose lines together ask for everything that a line can ask for. */
const ASKED: readonly Role[] = ['head', 'records', 'patient', 'guest', 'integration']

function ruleMutants(rules: Rules): readonly Mutant[] {
  const mutant = (id: string, changed: Rules): Mutant => ({
    id: `rule ${id}: not asked`,
    isKilled: () => isNoticed(compilePolicy(DEFAULT_POLICY, changed), ASKED),
  })
  return [
    ...rules.before.map((rule) => mutant(rule.id, { ...rules, before: without(rules.before, rule) })),
    ...rules.conditions.map((rule) => mutant(rule.id, { ...rules, conditions: without(rules.conditions, rule) })),
    ...rules.after.map((rule) => mutant(rule.id, { ...rules, after: without(rules.after, rule) })),
  ]
}

/** Whether breaking the glass opens to somebody what the rules do not say, or not what they say. */
const isGlassNoticed = (policy: Policy): boolean =>
  policy.breakGlass.reasons.some(({ code }) =>
    ROLES.some((role) => {
      const expected = glassByRule([role], code)
      return openedBy(policy, role, code)?.toSorted().join() !== expected?.toSorted().join()
    }),
  )

function glassMutants(policy: Policy): readonly Mutant[] {
  // What some role of the rule cannot open for some reason of it yet.
  const closed = ({ roles, reasons }: GlassRule) =>
    ALL_LABELS.filter((label) =>
      roles.some((role) => reasons.some((reason) => openedBy(policy, role, reason)?.includes(label) === false)),
    )
  return policy.breakGlass.rules.flatMap((rule, i) => {
    const { id, roles, reasons, labels } = rule
    const changed = (how: string, change: object): Mutant => {
      const rules = policy.breakGlass.rules.with(i, { ...rule, ...change })
      const mutated = { ...policy, breakGlass: { ...policy.breakGlass, rules } }
      return { id: `glass ${id}: ${how}`, isKilled: () => isGlassNoticed(mutated) }
    }
    return [
      ...roles.map((role) => changed(`not for ${role}`, { roles: without(roles, role) })),
      ...without(ROLES, ...roles).map((role) => changed(`also for ${role}`, { roles: [...roles, role] })),
      ...labels.map((label) => changed(`without ${label}`, { labels: without(labels, label) })),
      ...closed(rule).map((label) => changed(`with ${label}`, { labels: [...labels, label] })),
      ...reasons.map((reason) => changed(`not for ${reason}`, { reasons: without(reasons, reason) })),
    ]
  })
}

/** Of the decision and of the policy a hospital begins with. */
export const policyMutants = (): readonly Mutant[] => [
  ...ruleMutants(RULES),
  ...lineMutants(DEFAULT_POLICY),
  ...clearanceMutants(DEFAULT_POLICY),
  ...networkMutants(DEFAULT_POLICY),
  ...glassMutants(DEFAULT_POLICY),
]

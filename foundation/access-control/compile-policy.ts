/** A policy made ready: which lines concern which roles and types, and what they ask. */
import { areaOf } from './areas.ts'
import { bitsOf } from './labels.ts'
import { insideOf } from './networks.ts'
import type { Line, Policy } from './policy/policy.ts'
import { type Asker, type Check, type Condition, type Rules, RULES } from './rules.ts'
import type { Act, Reader, Role, TraceStep } from './types.ts'

/** A condition with what is said when it is not met. */
export interface Asked {
  readonly condition: Condition
  /** its place in the table: the later, the nearer the line was to allowing */
  readonly rank: number
  readonly refuses: TraceStep
}

export interface CompiledLine {
  readonly line: Line
  readonly asks: readonly Asked[]
  readonly allows: TraceStep
}

export interface CompiledCheck {
  readonly check: Check
  readonly passes: TraceStep
  readonly refuses: TraceStep
}

export interface CompiledPolicy {
  readonly policy: Policy
  readonly before: readonly CompiledCheck[]
  readonly after: readonly CompiledCheck[]
  /** lines of the policy that speak of any of these roles, this act and this type */
  readonly linesFor: (roles: readonly Role[], act: Act, type: string) => readonly CompiledLine[]
  /** lines that give reading to any of these roles */
  readonly readingOf: (roles: readonly Role[]) => readonly CompiledLine[]
  readonly clearanceOf: (roles: readonly Role[]) => number
  readonly askerOf: (reader: Reader, at: string) => Asker
}

const step = (effect: TraceStep['effect'], { id, vi, en }: { id: string; vi: string; en: string }): TraceStep =>
  Object.freeze({ rule: id, effect, vi, en })

const compiledCheck = (check: Check): CompiledCheck => ({
  check,
  passes: step('passes', check),
  refuses: step('refuses', check),
})

const compiledLine = (line: Line, conditions: readonly Condition[]): CompiledLine => ({
  line,
  asks: conditions.flatMap((condition, rank) =>
    condition.asked(line) ? [{ condition, rank, refuses: step('refuses', { ...condition, id: condition.id }) }] : [],
  ),
  allows: step('allows', line),
})

/** Remembers by the list itself where it is the same one, else by what it says. */
function rememberedByRoles<T>(of: (roles: readonly Role[]) => T): (roles: readonly Role[]) => T {
  const byList = new WeakMap<readonly Role[], T>()
  const byText = new Map<string, T>()
  return (roles) => {
    let known = byList.get(roles)
    if (known !== undefined) return known
    const text = roles.join()
    known = byText.get(text) ?? of(roles)
    byText.set(text, known)
    byList.set(roles, known)
    return known
  }
}

const speaksOf = ({ line }: CompiledLine, roles: readonly Role[]) => line.roles.some((role) => roles.includes(role))

export function compilePolicy(policy: Policy, rules: Rules = RULES): CompiledPolicy {
  const lines = policy.lines.map((line) => compiledLine(line, rules.conditions))
  const inside = insideOf(policy.networks.inside)
  const ofRoles = rememberedByRoles((roles) => ({
    own: lines.filter((each) => speaksOf(each, roles)),
    byActAndType: new Map<string, readonly CompiledLine[]>(),
  }))
  return {
    policy,
    before: rules.before.map(compiledCheck),
    after: rules.after.map(compiledCheck),
    linesFor: (roles, act, type) => {
      const { own, byActAndType } = ofRoles(roles)
      const key = act + type
      let known = byActAndType.get(key)
      if (known === undefined) {
        const area = areaOf(type)
        known = own.filter(
          ({ line }) =>
            line.acts.includes(act) &&
            line.areas.includes(area) &&
            (line.types === undefined || line.types.includes(type)),
        )
        byActAndType.set(key, known)
      }
      return known
    },
    readingOf: rememberedByRoles((roles) => ofRoles(roles).own.filter(({ line }) => line.acts.includes('read'))),
    clearanceOf: rememberedByRoles((roles) =>
      policy.clearances
        .filter((each) => each.roles.some((role) => roles.includes(role)))
        .reduce((bits, { labels }) => bits | bitsOf(labels), 0),
    ),
    askerOf: (reader, at) => ({ reader, policy, inside: inside(reader.network), at }),
  }
}

const compiled = new WeakMap<Policy, CompiledPolicy>()

/** The same policy is made ready once. */
export function compiledPolicy(policy: Policy): CompiledPolicy {
  let known = compiled.get(policy)
  if (known === undefined) {
    known = compilePolicy(policy)
    compiled.set(policy, known)
  }
  return known
}

import type { Reference } from 'fhir/r4.js'
import type { Chart } from './chart.ts'
import { fits, type LifeWish, type Problem } from './life-wish.ts'
import { ageAt } from './person.ts'
import type { StayPlan } from './stay-plan.ts'
import { stayReasons, type StayReason } from './tables/stay-reasons.ts'
import { DAY, HOUR, midnight } from './time.ts'

/** When this person is admitted, and why; nobody lies in two beds at a time. */
export function stayPlans(chart: Chart, wish: LifeWish, problems: readonly Problem[]): StayPlan[] {
  const { person, random, now } = chart
  const list = problems.map((one) => one.problem)
  const rows = wish.stays ? wish.stays.map(reasonOf) : random.chance(0.3) ? [drawReason(chart)] : []
  const plans: StayPlan[] = []
  rows.forEach((reason, index) => {
    if (!reason) return
    const days = random.int(...reason.days)
    const last = index === rows.length - 1
    const ago =
      wish.dies && last
        ? 0
        : random.int(days + 3, Math.min(1100, Math.max(days + 4, (ageAt(person, now) - reason.ages[0]) * 365)))
    const from = wish.dies && last ? now - days * DAY : midnight(now - ago * DAY) + random.int(7 * HOUR, 20 * HOUR)
    // The last stay of somebody who dies goes first: of two that overlap the earlier in the list is kept.
    if (from > person.born) plans.unshift({ from, days, reason, problems: list, fatal: wish.dies && last })
  })
  if (wish.inpatient !== undefined) plans.unshift(currentStay(chart, wish, list))
  return plans.filter((plan, index) => !plans.slice(0, index).some((earlier) => overlap(plan, earlier)))
}

const overlap = (a: StayPlan, b: StayPlan): boolean =>
  a.from < b.from + (b.days + 2) * DAY && b.from < a.from + (a.days + 2) * DAY

const reasonOf = (icd: string): StayReason | undefined => stayReasons.find((row) => row.icd === icd)

function drawReason(chart: Chart): StayReason | undefined {
  const age = ageAt(chart.person, chart.now)
  const possible = stayReasons.filter((row) => fits(row, age, chart.person.sex))
  return possible.length > 0 ? chart.random.weighted(possible) : undefined
}

function currentStay(chart: Chart, wish: LifeWish, problems: readonly Reference[]): StayPlan {
  const reason = reasonOf(wish.inpatientFor ?? '') ?? drawReason(chart) ?? (stayReasons[0] as StayReason)
  const days = reason.days[1]
  const gone = chart.random.int(0, Math.max(0, days - 2))
  const from = midnight(chart.now) - gone * DAY - chart.random.int(3, 14) * HOUR
  return { from, days: days + 1, reason, problems, bed: wish.inpatient }
}

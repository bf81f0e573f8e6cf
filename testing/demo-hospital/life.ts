import type { Reference } from 'fhir/r4.js'
import { book } from './appointment.ts'
import type { Chart } from './chart.ts'
import { diagnose } from './diagnosis.ts'
import { emergencyVisit } from './emergency.ts'
import { fits, workingHour, type Away, type LifeWish, type Problem } from './life-wish.ts'
import { ageAt } from './person.ts'
import { askAllergies, immunise } from './prevention.ts'
import { growing, held, passing } from './severity.ts'
import type { StayPlan } from './stay-plan.ts'
import { stayPlans } from './stay-plans.ts'
import { stay } from './stay.ts'
import { acuteIllnesses, antenatalVisit } from './tables/acute-illnesses.ts'
import { chronicIllnesses, type ChronicIllness, type Illness } from './tables/conditions.ts'
import { emergencies } from './tables/emergencies.ts'
import { DAY, HOUR, YEAR, midnight, workingDay, type Minute } from './time.ts'
import { visit } from './visit.ts'

/** Writes a whole life as this hospital has seen it, oldest first. */
export function live(chart: Chart, wish: LifeWish): void {
  const illnesses = chosenIllnesses(chart, wish)
  const first = illnesses.reduce((least, one) => Math.min(least, one.found), chart.now - 2 * YEAR)
  askAllergies(chart, workingHour(chart, Math.max(first, chart.person.born + 30 * DAY)), wish.allergies)
  immunise(chart)
  const problems = illnesses.map((one): Problem => ({ ...one, problem: list(chart, one) }))
  const plans = stayPlans(chart, wish, problems)
  const away = (at: Minute): boolean => plans.some(({ from, days }) => at > from - DAY && at < from + (days + 1) * DAY)
  const due = followUp(chart, problems, away)
  if (!wish.dies) bookNext(chart, problems, due)
  fallIll(chart, wish, away)
  if (chart.random.chance(0.18)) hurry(chart, away)
  beAdmitted(chart, plans)
  if (wish.waiting) waitInClinic(chart, problems)
}

function chosenIllnesses(chart: Chart, wish: LifeWish): { illness: ChronicIllness; found: Minute }[] {
  const { person, random, now } = chart
  const age = ageAt(person, now)
  const wanted =
    wish.chronic ??
    chronicIllnesses
      .filter((one) => fits(one, age, person.sex) && random.chance(one.weight / 170))
      .map((one) => one.icd)
  return wanted
    .slice(0, 3)
    .map((icd) => chronicIllnesses.find((one) => one.icd === icd))
    .filter((one) => one !== undefined)
    .map((illness, index) => {
      const years = wish.since === undefined ? 0.3 + random.next() * 3.2 : wish.since * (1 - index * 0.3)
      return { illness, found: workingHour(chart, now - years * YEAR) }
    })
}

function list(chart: Chart, { illness, found }: { illness: ChronicIllness; found: Minute }): Reference {
  const phase = chart.random.next() * 6.28
  const severity = illness.progressive ? growing(found, 0.4) : held(found, illness.residual, phase)
  chart.body.suffer({ effects: illness.effects, severity })
  const by = chart.doctor(chart.department('clinic'))
  return diagnose(chart, { what: illness, at: found, by, list: 'problem-list-item' })
}

/** The illness that sets the rhythm: the one seen most often. */
const leadOf = (problems: readonly Problem[]): Problem | undefined =>
  problems.toSorted((a, b) => a.illness.everyDays - b.illness.everyDays)[0]

/**
 * Visits for what lasts: one round of visits for all that is known by then, tests at every third; the prescription
 * lasts until the next visit.
 * @returns when the next visit is due
 */
function followUp(chart: Chart, problems: readonly Problem[], away: Away): Minute {
  const { random, now } = chart
  const slow = 1 + random.next() * 0.5
  let at = Math.min(...problems.map((one) => one.found))
  for (let nth = 0; at < now - 3 * DAY; nth += 1) {
    const known = problems.filter((one) => one.found <= at)
    const { illness, problem } = leadOf(known) as Problem
    const alongside = known.filter((one) => one.problem !== problem)
    const panels = nth % 3 === 0 ? [...new Set(known.flatMap((one) => one.illness.panels))].slice(0, 5) : []
    const gap = Math.min(illness.everyDays * slow * (0.8 + random.next() * 0.4), LONGEST_PRESCRIPTION)
    const next = workingHour(chart, at + gap * DAY)
    const days = Math.min(LONGEST_PRESCRIPTION, Math.ceil((next - at) / DAY))
    const complaint = nth === 0 ? illness.firstComplaint : undefined
    if (!away(at)) visit(chart, { at, illness, problem, alongside, panels, image: nth % 6 === 0, days, complaint })
    at = next
  }
  return at
}

/** Days a prescription for a lasting illness may last. @source Thông tư 26/2025/TT-BYT */
const LONGEST_PRESCRIPTION = 90

function bookNext(chart: Chart, problems: readonly Problem[], due: Minute): void {
  const lead = leadOf(problems)
  if (!lead) return
  const day = midnight(workingDay(Math.max(midnight(due), midnight(chart.now) + DAY)))
  const at = day + 8 * HOUR + chart.random.int(0, 12) * 15
  book(chart, { at, room: lead.illness.room, why: 'Tái khám định kỳ', made: chart.now - 20 * DAY })
}

/** Visits for what passes. */
function fallIll(chart: Chart, wish: LifeWish, away: Away): void {
  const { person, random, now } = chart
  const age = ageAt(person, now)
  const count = random.int(0, age < 6 ? 5 : 3) + (wish.waiting ? 0 : 1)
  for (let nth = 0; nth < count; nth += 1) {
    const at = workingHour(chart, now - (10 + random.next() * 365 * Math.min(4, Math.max(0.4, age))) * DAY)
    const then = ageAt(person, at)
    const possible = acuteIllnesses.filter((one) => fits(one, then, person.sex))
    if (possible.length === 0 || away(at) || at > now - DAY || at < person.born + 20 * DAY) continue
    seeOnce(chart, random.weighted(possible), at)
  }
}

/** Hours in the emergency department, at any time of the day. */
function hurry(chart: Chart, away: Away): void {
  const { person, random, now } = chart
  const at = Math.floor(now - (5 + random.next() * 700) * DAY)
  const possible = emergencies.filter((one) => fits(one, ageAt(person, at), person.sex))
  if (possible.length > 0 && at > person.born + 20 * DAY && !away(at))
    emergencyVisit(chart, random.weighted(possible), at)
}

function seeOnce(chart: Chart, illness: Illness, at: Minute): void {
  chart.body.suffer({ effects: illness.effects, severity: passing(at, 2.5) })
  const days = chart.random.pick([5, 7, 7, 10])
  visit(chart, {
    at,
    illness,
    alongside: [],
    panels: chart.random.chance(0.7) ? illness.panels : [],
    image: chart.random.chance(0.55),
    days,
  })
}

function beAdmitted(chart: Chart, plans: readonly StayPlan[]): void {
  for (const plan of plans) {
    if (plan.reason.department === 'obstetrics') expect(chart, plan.from)
    stay(chart, plan)
  }
}

/** Antenatal visits before a birth. */
function expect(chart: Chart, birth: Minute): void {
  for (const before of [190, 130, 70, 21]) {
    const at = workingHour(chart, birth - before * DAY)
    visit(chart, {
      at,
      illness: antenatalVisit,
      alongside: [],
      panels: before > 100 ? antenatalVisit.panels : [],
      image: true,
      days: 30,
    })
  }
}

/** Came this morning and is not through yet. */
function waitInClinic(chart: Chart, problems: readonly Problem[]): void {
  const at = chart.now - chart.random.int(5, 95)
  const [main, ...others] = problems
  const age = ageAt(chart.person, chart.now)
  const illness =
    main?.illness ?? chart.random.weighted(acuteIllnesses.filter((one) => fits(one, age, chart.person.sex)))
  if (!main) chart.body.suffer({ effects: illness.effects, severity: passing(at, 2.5) })
  visit(chart, {
    at,
    illness,
    problem: main?.problem,
    alongside: others,
    panels: illness.panels,
    image: false,
    days: 30,
  })
}

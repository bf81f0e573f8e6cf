import type { Effects } from './tables/conditions.ts'
import { measureOf, type Interval, type Measure } from './tables/measures.ts'
import { ageAt, type Person } from './person.ts'
import { mix, seeded, type Random } from './random.ts'
import { YEAR, type Minute } from './time.ts'

/** An illness as the body feels it: what it moves, and how strongly at a given minute (0 not at all, 1 fully). */
export interface Influence {
  readonly effects: Effects
  severity(at: Minute): number
}

/**
 * What can be measured about one person over a life. Values follow from who they are, their illnesses at that minute,
 * and a little chance; so that a trend rises before an illness is found and falls when it is treated.
 */
export interface Body {
  suffer(influence: Influence): void
  /** The value as an instrument would show it, rounded to the measure's decimals. */
  read(key: string, at: Minute): number
}

const BODY_STREAM = 23

/** Median weight (kg) and height (cm) by age in years; boys and girls are close enough here. @source WHO growth standards, rounded */
const growth: readonly (readonly [number, number, number])[] = [
  [0, 3.3, 50],
  [0.5, 7.5, 66],
  [1, 9.3, 75],
  [2, 12, 86],
  [4, 16, 102],
  [6, 20, 115],
  [8, 25, 127],
  [10, 31, 138],
  [12, 39, 149],
  [14, 47, 157],
  [16, 53, 162],
  [18, 56, 164],
]

/** Pulse, breathing rate and systolic pressure of children by age. @source Pediatric Advanced Life Support, rounded */
const childhood: readonly (readonly [number, number, number, number])[] = [
  [0, 140, 42, 70],
  [1, 125, 34, 85],
  [3, 112, 27, 93],
  [6, 98, 23, 98],
  [10, 86, 20, 104],
  [15, 78, 18, 114],
  [18, 76, 18, 117],
]

/** Straight-line reading of a table whose first column rises. */
function interpolate(table: readonly (readonly number[])[], column: number, at: number): number {
  const next = table.findIndex((row) => (row[0] as number) > at)
  if (next === 0) return table[0]?.[column] as number
  if (next < 0) return table[table.length - 1]?.[column] as number
  const before = table[next - 1] as readonly number[]
  const after = table[next] as readonly number[]
  const share = (at - (before[0] as number)) / ((after[0] as number) - (before[0] as number))
  return (before[column] as number) + share * ((after[column] as number) - (before[column] as number))
}

const childColumns: Readonly<Record<string, number>> = { pulse: 1, respiration: 2, systolic: 3 }
const growthColumns: Readonly<Record<string, number>> = { weight: 1, height: 2 }

/** What a healthy person of this age and sex would show on average. */
function usual(measure: Measure, person: Person, at: Minute): number {
  const adult = measure.mean[person.sex]
  const age = (at - person.born) / YEAR
  if (age >= 18) return adult
  const grown = growthColumns[measure.key]
  if (grown !== undefined) return interpolate(growth, grown, age)
  const child = childColumns[measure.key]
  if (child !== undefined) return interpolate(childhood, child, age)
  if (measure.key === 'diastolic') return interpolate(childhood, 3, age) * 0.62
  if (measure.key === 'creatinine') return 25 + age * 2.2
  return adult
}

/** How far this person's own normal lies from the average; drawn once per measure, smaller in children. */
function personal(measure: Measure, person: Person, seed: number): number {
  const draw = seeded(seed, BODY_STREAM, person.number, mix(...[...measure.key].map((letter) => letter.charCodeAt(0))))
  return draw.normal(0, measure.betweenPeople)
}

export function bodyOf(person: Person, seed: number, random: Random): Body {
  const influences: Influence[] = []
  const offsets = new Map<string, number>()

  function offsetOf(measure: Measure, at: Minute): number {
    let offset = offsets.get(measure.key)
    if (offset === undefined) offsets.set(measure.key, (offset = personal(measure, person, seed)))
    const age = (at - person.born) / YEAR
    return age < 18 && growthColumns[measure.key] ? (offset * age) / 18 : offset
  }

  function moved(key: string, at: Minute): number {
    let sum = 0
    for (const { effects, severity } of influences) {
      const effect = effects[key]
      if (effect) sum += effect * severity(at)
    }
    return sum
  }

  function raw(key: string, at: Minute): number {
    const measure = measureOf(key)
    const noise = measure.betweenReadings ? random.normal(0, measure.betweenReadings) : 0
    return usual(measure, person, at) + offsetOf(measure, at) + moved(key, at) + noise
  }

  const last = new Map<string, { at: Minute; value: number }>()

  /** The same sample read twice says the same; so derived values agree with what they are derived from. */
  function read(key: string, at: Minute): number {
    const before = last.get(key)
    if (before?.at === at) return before.value
    const value = settle(measureOf(key), derived[key]?.(at) ?? raw(key, at))
    last.set(key, { at, value })
    return value
  }

  const derived: Readonly<Record<string, (at: Minute) => number>> = {
    bmi: (at) => read('weight', at) / (read('height', at) / 100) ** 2,
    egfr: (at) => filtration(read('creatinine', at), person, at),
    hematocrit: (at) => read('hemoglobin', at) * 0.301 + random.normal(0, 0.4),
    lymphocytes: (at) => 92.5 - read('neutrophils', at) + random.normal(0, 1),
    rbc: (at) => (read('hematocrit', at) * 10) / read('mcv', at),
    // Friedewald, turned around.
    cholesterol: (at) => read('hdl', at) + read('ldl', at) + Math.min(2, read('triglyceride', at) / 2.2),
  }

  return { suffer: (influence) => void influences.push(influence), read }
}

/** Keeps a value possible and rounds it as the instrument prints it. */
export function settle(measure: Measure, value: number): number {
  const factor = 10 ** measure.decimals
  return Math.round(Math.min(measure.highest, Math.max(measure.lowest, value)) * factor) / factor
}

/** CKD-EPI 2021, creatinine in µmol/L. @source https://doi.org/10.1056/NEJMoa2102953 */
export function filtration(creatinine: number, person: Pick<Person, 'sex' | 'born'>, at: Minute): number {
  const female = person.sex === 'female'
  const ratio = creatinine / 88.4 / (female ? 0.7 : 0.9)
  const power = ratio < 1 ? (female ? -0.241 : -0.302) : -1.2
  return 142 * ratio ** power * 0.9938 ** Math.max(18, ageAt(person, at)) * (female ? 1.012 : 1)
}

/** The interval printed beside a value; children's pulse, breathing and pressure have their own. */
export function referenceFor(measure: Measure, person: Person, at: Minute): Interval | undefined {
  const interval = measure.reference[person.sex]
  const child = childColumns[measure.key]
  if (!interval || child === undefined || ageAt(person, at) >= 16) return interval
  const middle = interpolate(childhood, child, (at - person.born) / YEAR)
  return { low: Math.round(middle * 0.8), high: Math.round(middle * 1.2) }
}

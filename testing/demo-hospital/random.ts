/** Repeatable chance. Only additions, shifts and multiplications of 32-bit integers: the same numbers on every machine. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number
  /** Whole number, both ends included. */
  int(low: number, high: number): number
  chance(probability: number): boolean
  pick<T>(rows: readonly T[]): T
  /** Picks a row in proportion to its weight. */
  weighted<T extends { readonly weight: number }>(rows: readonly T[]): T
  /** Bell-shaped (sum of four uniforms), never further than 3.5 deviations out. */
  normal(mean: number, deviation: number): number
}

/** Mixes whole numbers into one 32-bit seed; neighbouring inputs give unrelated seeds. */
export function mix(...parts: readonly number[]): number {
  let hash = 0x9e3779b9
  for (const part of parts) {
    hash = Math.imul(hash ^ (part | 0), 0x85ebca6b)
    hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
    hash ^= hash >>> 16
  }
  return hash >>> 0
}

/** A stream of chance for one purpose: `seeded(seed, PATIENT, 17)` is the same stream whatever else was drawn before. */
export function seeded(...parts: readonly number[]): Random {
  let state = mix(...parts)
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
  const pick = <T>(rows: readonly T[]): T => rows[Math.floor(next() * rows.length)] as T
  return {
    next,
    pick,
    int: (low, high) => low + Math.floor(next() * (high - low + 1)),
    chance: (probability) => next() < probability,
    normal: (mean, deviation) => mean + deviation * Math.sqrt(3) * (next() + next() + next() + next() - 2),
    weighted: (rows) => {
      let left = next() * rows.reduce((sum, row) => sum + row.weight, 0)
      return rows.find((row) => (left -= row.weight) < 0) ?? (rows[rows.length - 1] as (typeof rows)[number])
    },
  }
}

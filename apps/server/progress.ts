/** How often a terminal's line is drawn anew, and a plain line is written, ms. */
const REDRAW = 100
const PLAIN_INTERVAL = 10_000

const number = (value: number): string => value.toLocaleString('en-US')

/** 75 → "1 min 15 s" */
export function duration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds))
  if (whole < 60) return `${whole} s`
  if (whole < 3600) return `${Math.floor(whole / 60)} min ${whole % 60} s`
  return `${Math.floor(whole / 3600)} h ${Math.floor((whole % 3600) / 60)} min`
}

/** A bar with rate and remaining time on a terminal; a plain line now and then elsewhere. */
export class Progress {
  readonly #unit: string
  readonly #began = performance.now()
  readonly #isTerminal = process.stderr.isTTY === true
  #drawn = performance.now()
  #isShown = false

  /** @param unit what is counted, in the plural */
  constructor(unit: string) {
    this.#unit = unit
  }

  /**
   * @param done units done
   * @param of all units, for a count; or a share of the work (0 to 1) when only that is known
   */
  at(done: number, of: number | { share: number }): void {
    const now = performance.now()
    if (now - this.#drawn < (this.#isTerminal ? REDRAW : PLAIN_INTERVAL)) return
    this.#drawn = now
    const share = typeof of === 'number' ? done / Math.max(of, 1) : of.share
    const seconds = (now - this.#began) / 1000
    const rate = `${number(done)} ${this.#unit}, ${number(Math.round(done / seconds))}/s`
    const left = share > 0 ? `, ${duration(seconds / share - seconds)} left` : ''
    const percent = `${String(Math.floor(share * 100)).padStart(3)} %`
    if (!this.#isTerminal) console.error(`${percent}  ${rate}${left}`)
    else process.stderr.write(`\r\x1b[K${bar(share)} ${percent}  ${rate}${left}`)
    this.#isShown = this.#isTerminal
  }

  /** Takes the bar away, so that a sentence can stand there. */
  clear(): void {
    if (this.#isShown) process.stderr.write('\r\x1b[K')
    this.#isShown = false
  }

  /** @returns seconds since the beginning */
  end(): number {
    this.clear()
    return (performance.now() - this.#began) / 1000
  }
}

function bar(share: number): string {
  const full = Math.round(Math.min(share, 1) * 24)
  return '█'.repeat(full) + '░'.repeat(24 - full)
}

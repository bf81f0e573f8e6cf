/** When calling a portal makes no sense for a while: it is down, or does not know the account. */
export class Breaker {
  readonly #after: number
  readonly #pause: number
  readonly #longest: number
  #failures = 0
  #until = 0

  /** @param after failures in a row that open it @param pause ms of the first pause, doubled with each further failure */
  constructor({ after = 4, pause = 15_000, longest = 10 * 60_000 } = {}) {
    this.#after = after
    this.#pause = pause
    this.#longest = longest
  }

  /** Whether a call may be tried: always while closed, and once after each pause. */
  allows(now: number): boolean {
    return now >= this.#until
  }

  /** ms until the next call may be tried */
  waits(now: number): number {
    return Math.max(0, this.#until - now)
  }

  succeeded(): void {
    this.#failures = 0
    this.#until = 0
  }

  failed(now: number): void {
    this.#failures++
    const over = this.#failures - this.#after
    if (over >= 0) this.#until = now + Math.min(this.#longest, this.#pause * 2 ** Math.min(over, 20))
  }

  /** A wrong account locks itself when it is tried again and again: pause at once. */
  refusedAccount(now: number): void {
    this.#failures = Math.max(this.#failures, this.#after)
    this.#until = now + this.#longest
  }
}

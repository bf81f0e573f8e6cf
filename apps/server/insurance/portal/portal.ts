/**
 * A portal as the facility sees it: a token that is renewed by itself, the card look-up, dossiers and check-in messages.
 * What may be asked twice is asked again when the network fails; a dossier is not, because the portal may have it.
 * @source BHXH letters 3190 of 2023, 1245 and 1923 of 2024
 */
import { hash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Breaker } from './breaker.ts'
import { call, type Called, type Unavailable } from './call.ts'
import { type CardAnswer, cardAnswer, type CardQuestion, cardQuestion } from './card-lookup.ts'
import type { Destination, PortalCall } from './destination.ts'

/** What became of something that was sent. */
export type PortalAnswer =
  /** the portal has it and gave a number; the appraisal comes later */
  | { readonly kind: 'received'; readonly receipt: string; readonly at: string | null; readonly message: string }
  /** the portal has read it and does not take it */
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  /** the portal has nothing of it */
  | { readonly kind: 'not-sent'; readonly why: Unavailable }
  /** it went out and no answer came: the portal may have it */
  | { readonly kind: 'unknown' }

export interface PortalOptions {
  /** ms until an answer must be there */
  readonly timeout?: number
  /** attempts of what may be repeated */
  readonly attempts?: number
  /** ms before the second attempt; doubled, with chance, before each further one */
  readonly retryAfter?: number
  readonly breaker?: Breaker
}

interface Token {
  readonly access: string
  readonly id: string
  /** ms since 1970 */
  readonly until: number
}

/** A token is not used in its last moments: it would run out on the way. */
const MARGIN = 5_000

export class Portal {
  readonly destination: Destination
  readonly timeout: number
  readonly #attempts: number
  readonly #retryAfter: number
  readonly #breaker: Breaker
  readonly #passwordHash: string
  #token: Token | null = null
  #taking: Promise<Token | Unavailable> | null = null

  constructor(
    destination: Destination,
    { timeout = 60_000, attempts = 3, retryAfter = 500, breaker = new Breaker() }: PortalOptions = {},
  ) {
    this.destination = destination
    this.timeout = timeout
    this.#attempts = attempts
    this.#retryAfter = retryAfter
    this.#breaker = breaker
    // The protocol's own form of a password, no protection of it.
    this.#passwordHash = hash('md5', destination.password, 'hex').toUpperCase()
  }

  /** ms until a call may be tried; 0 while the portal answers */
  get pausedFor(): number {
    return this.#breaker.waits(Date.now())
  }

  /** Sends one dossier file, once. @param file the exact bytes, signed */
  submit(file: Uint8Array): Promise<PortalAnswer> {
    return this.#send('submit', file)
  }

  /** Sends one check-in message, once. */
  checkIn(file: Uint8Array): Promise<PortalAnswer> {
    return this.#send('checkIn', file)
  }

  /** Asks whether a card is valid, and for the visits of whoever holds it. */
  async cardLookup(question: CardQuestion): Promise<CardAnswer> {
    const called = await this.#withToken((token) =>
      this.#patiently(() => this.#call('cardLookup', cardQuestion(question), {}, this.#inAddress(token))),
    )
    if (typeof called === 'string') return { kind: 'unavailable', why: called }
    return called.kind === 'answered' && called.status < 500
      ? cardAnswer(called.body)
      : { kind: 'unavailable', why: 'unreachable' }
  }

  /** The look-up wants account and token in its address. */
  #inAddress({ access, id }: Token): string {
    const { username } = this.destination
    return `?${new URLSearchParams({ token: access, id_token: id, username, password: this.#passwordHash }).toString()}`
  }

  async #send(to: 'submit' | 'checkIn', file: Uint8Array): Promise<PortalAnswer> {
    const { username, province, facility, kinds } = this.destination
    const form = new URLSearchParams({
      username,
      loaiHoSo: kinds[to],
      maTinh: province,
      maCSKCB: facility,
      fileHSBase64: Buffer.from(file).toString('base64'),
    })
    const called = await this.#withToken(({ access, id }) =>
      this.#call(to, form, { accessToken: access, tokenId: id, passwordHash: this.#passwordHash }),
    )
    return typeof called === 'string' ? { kind: 'not-sent', why: called } : answerOf(called)
  }

  /** With a token, and once more with a new one where the portal says that this one is none. */
  async #withToken(work: (token: Token) => Promise<Called>): Promise<Called | Unavailable> {
    if (!this.#breaker.allows(Date.now())) return 'paused'
    for (const isLast of [false, true]) {
      const token = await this.#takeToken()
      if (typeof token === 'string') return token
      const called = await work(token)
      this.#note(called)
      if (called.kind === 'unreachable') return 'unreachable'
      if (!isUnauthorised(called)) return called
      // Another call may have taken a new one meanwhile.
      if (this.#token === token) this.#token = null
      if (isLast) this.#breaker.refusedAccount(Date.now())
    }
    return 'account'
  }

  /** Callers at the same time share one request. */
  #takeToken(): Promise<Token | Unavailable> {
    if (this.#token && Date.now() < this.#token.until - MARGIN) return Promise.resolve(this.#token)
    this.#taking ??= this.#newToken().finally(() => (this.#taking = null))
    return this.#taking
  }

  async #newToken(): Promise<Token | Unavailable> {
    const form = new URLSearchParams({ username: this.destination.username, password: this.#passwordHash })
    const called = await this.#patiently(() => this.#call('token', form))
    if (isUnauthorised(called)) {
      this.#breaker.refusedAccount(Date.now())
      return 'account'
    }
    const token = called.kind === 'answered' && called.status < 500 ? tokenIn(called.body) : null
    if (token === null) this.#breaker.failed(Date.now())
    this.#token = token
    return token ?? 'unreachable'
  }

  #note(called: Called): void {
    if (called.kind === 'answered' && called.status < 500) this.#breaker.succeeded()
    else this.#breaker.failed(Date.now())
  }

  /** For what may be asked twice. Chance keeps those who failed together from coming back together. */
  async #patiently(work: () => Promise<Called>): Promise<Called> {
    for (let attempt = 1; ; attempt++) {
      const called = await work()
      if ((called.kind === 'answered' && called.status < 500) || attempt >= this.#attempts) return called
      await pause(this.#retryAfter * 2 ** (attempt - 1) * (0.5 + Math.random()))
    }
  }

  #call(
    to: PortalCall,
    body: URLSearchParams | string,
    headers: Readonly<Record<string, string>> = {},
    query = '',
  ): Promise<Called> {
    // a form says so by itself
    const type: Record<string, string> = typeof body === 'string' ? { 'content-type': 'application/json' } : {}
    const { base, paths } = this.destination
    return call(`${base}${paths[to]}${query}`, { method: 'POST', body, headers: { ...type, ...headers } }, this.timeout)
  }
}

const text = (value: unknown): string => (typeof value === 'string' || typeof value === 'number' ? String(value) : '')

const isUnauthorised = (called: Called): boolean =>
  called.kind === 'answered' && (called.status === 401 || text(called.body.maKetQua) === '401')

/** An hour where the portal does not say how long, as its tokens last. */
const HOUR = 3_600_000

function tokenIn({ APIKey }: Readonly<Record<string, unknown>>): Token | null {
  const { access_token, id_token, expires_in } =
    typeof APIKey === 'object' && APIKey !== null ? (APIKey as Record<string, unknown>) : {}
  if (!text(access_token)) return null
  // A moment in UTC, although its name says a duration.
  const until = Date.parse(text(expires_in))
  return { access: text(access_token), id: text(id_token), until: Number.isNaN(until) ? Date.now() + HOUR : until }
}

/** Statuses with which a gateway turns a request away unread. */
const TURNED_AWAY: ReadonlySet<number> = new Set([404, 405, 413, 429])

function answerOf(called: Called): PortalAnswer {
  if (called.kind !== 'answered') return { kind: 'unknown' }
  const { status, body } = called
  const code = text(body.maKetQua)
  if (code === '200' && text(body.maGiaoDich)) {
    const at = momentOf(text(body.thoiGianTiepNhan))
    return { kind: 'received', receipt: text(body.maGiaoDich), at, message: text(body.thongDiep) }
  }
  if (status >= 500 || code === '200') return { kind: 'unknown' }
  if (code === '') return TURNED_AWAY.has(status) ? { kind: 'not-sent', why: 'unreachable' } : { kind: 'unknown' }
  return { kind: 'refused', code, message: text(body.thongDiep) }
}

/** yyyyMMddHHmmss of Vietnam as ISO; null for what is none */
function momentOf(written: string): string | null {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)$/.exec(written)
  if (!parts) return null
  const [, year, month, day, hour, minute, second] = parts
  const time = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}+07:00`)
  return Number.isNaN(time) ? null : new Date(time).toISOString()
}

/** Keeps the tree up with the acts while the hospital runs: numbers every second, signs every minute, copies each head. */
import { setTimeout as pause } from 'node:timers/promises'
import type { AuditLog } from './audit-log.ts'
import { findingText } from './findings.ts'
import { fingerprintOf, type SignedHead } from './head.ts'
import type { AuditKeys } from './keys.ts'
import type { Ledger } from './ledger.ts'
import type { GrowingTree } from './merkle/index.ts'
import { numberActs, positionOf, waitingActs } from './number-acts.ts'
import type { SecondPlace } from './second-place.ts'
import { headsSince, lastHead, signTree } from './sign-tree.ts'
import { hasRoot, verifySample } from './verify-sample.ts'

/** See apps/server/audit/api.ts for what each means. */
export type SequencerAlarm = 'numbering-stopped' | 'heads-stopped' | 'copy-failed' | 'rolled-back' | 'not-whole'

export interface SequencerOptions {
  readonly log: AuditLog
  readonly keys: AuditKeys
  readonly copy: SecondPlace
  /** told once of each alarm as it begins, and of faults: without data of anybody */
  readonly onAlarm: (alarm: SequencerAlarm, fault?: unknown) => void
  /** once a day: a head, and its fingerprint to be kept on paper */
  readonly onFingerprint?: (head: SignedHead, fingerprint: string) => void
  readonly everyMs?: number
  readonly headEveryMs?: number
}

export interface SequencerStatus {
  readonly acts: number
  readonly waiting: number
  /** ms since 1970; null before the first time */
  readonly numberedAt: number | null
  readonly head: SignedHead | null
  readonly isCopied: boolean
  readonly alarms: readonly SequencerAlarm[]
}

export interface Sequencer {
  readonly status: () => Promise<SequencerStatus>
  /** numbers, signs and copies what there is now */
  readonly settle: () => Promise<void>
  /** settles and ends */
  readonly stop: () => Promise<void>
}

const STOPPED_AFTER_MS = 60_000
const HEADS_STOPPED_AFTER_MS = 120_000
const WATCH_EVERY_MS = 5_000
const DAILY_SHARE = 0.01

export function startSequencer(options: SequencerOptions): Sequencer {
  const { everyMs = 1_000 } = options
  const work = sequencing(options)
  const stopping = new AbortController()
  const watch = setInterval(work.watch, WATCH_EVERY_MS).unref()
  let turn = work.begin()
  const next = (isLast: boolean): Promise<void> => (turn = turn.then(() => work.pass(isLast)))

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      await next(false)
      await pause(everyMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined)
    }
  }

  const running = run()
  return {
    status: work.status,
    settle: () => next(true),
    async stop() {
      stopping.abort()
      clearInterval(watch)
      await running
      await next(true)
    },
  }
}

/** What is done in a turn, and what is known of it. No two turns overlap. */
function sequencing({ log, keys, copy, onAlarm, onFingerprint, headEveryMs = 60_000 }: SequencerOptions) {
  const { facility, ledgers } = log
  const alarms = new Set<SequencerAlarm>()
  let tree: GrowingTree | null = null
  let head: SignedHead | null = null
  let copiedSize = 0
  let doneDay = ''
  let lastFault: unknown
  const begunAt = Date.now()
  let numberedAt: number | null = null
  let unsignedSince: number | null = null

  function set(alarm: SequencerAlarm, isOn: boolean, fault?: unknown): void {
    if (isOn && !alarms.has(alarm)) onAlarm(alarm, fault)
    if (isOn) alarms.add(alarm)
    else alarms.delete(alarm)
  }

  /** The second place remembers what the database should still have. */
  async function begin(): Promise<void> {
    try {
      const copied = (await copy.lastHeads()).filter((one) => one.facility === facility)
      copiedSize = Math.max(0, ...copied.map(({ size }) => size))
      const last = copied.at(-1)
      set('rolled-back', last !== undefined && !(await ledgers.within((ledger) => isBeginning(ledger, facility, last))))
    } catch (fault) {
      set('copy-failed', true, fault)
    }
  }

  async function numberAndSign(isLast: boolean): Promise<void> {
    const known = tree
    tree = null
    const done = await ledgers.alone(async (ledger) => {
      const last = await lastHead(ledger, facility)
      const grown = await numberActs(ledger, facility, known)
      const now = Date.now()
      const isDue = isLast || last === null || now - Date.parse(last.at) >= headEveryMs
      const signed = isDue ? await signTree(ledger, facility, grown, keys, new Date(now).toISOString()) : last
      return { grown, signed }
    })
    numberedAt = Date.now()
    if (done === null) return
    tree = done.grown
    head = done.signed
    unsignedSince = tree.size() > (head?.size ?? 0) ? (unsignedSince ?? numberedAt) : null
  }

  async function copyHeads(): Promise<void> {
    if (head === null || head.size <= copiedSize) return
    try {
      await copy.add(await ledgers.within((ledger) => headsSince(ledger, facility, copiedSize)))
      copiedSize = head.size
      set('copy-failed', false)
    } catch (fault) {
      set('copy-failed', true, fault)
    }
  }

  /** Once a day: a fingerprint for paper, and a look at a part of the log. */
  async function daily(): Promise<void> {
    const day = new Date().toDateString()
    if (head === null || head.size > copiedSize || day === doneDay) return
    doneDay = day
    onFingerprint?.(head, fingerprintOf(head.line))
    const asked = { facility, share: DAILY_SHARE, random: Math.random }
    const [first] = await ledgers.within((ledger) => verifySample(ledger, asked))
    set('not-whole', first !== undefined, first && new Error(findingText(first)))
  }

  function watch(): void {
    const now = Date.now()
    set('numbering-stopped', now - (numberedAt ?? begunAt) > STOPPED_AFTER_MS, lastFault)
    set('heads-stopped', unsignedSince !== null && now - unsignedSince > HEADS_STOPPED_AFTER_MS, lastFault)
  }

  return {
    begin,
    watch,
    async pass(isLast: boolean): Promise<void> {
      try {
        await numberAndSign(isLast)
        await copyHeads()
        await daily()
      } catch (fault) {
        // A database that is away is told by whoever asks it; that numbering has stopped is told after a minute.
        lastFault = fault
      }
      watch()
    },
    async status(): Promise<SequencerStatus> {
      watch()
      const [acts, waiting] = await ledgers.within(async (ledger) => [
        (await positionOf(ledger, facility)).size,
        await waitingActs(ledger, facility),
      ])
      return { acts, waiting, numberedAt, head, isCopied: (head?.size ?? 0) <= copiedSize, alarms: [...alarms] }
    },
  }
}

/** @returns whether what the head says is still the beginning of our tree */
async function isBeginning(ledger: Ledger, facility: number, head: SignedHead): Promise<boolean> {
  const { size } = await positionOf(ledger, facility)
  return head.size <= size && hasRoot(ledger, facility, head)
}

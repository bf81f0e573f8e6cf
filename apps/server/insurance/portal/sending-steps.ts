/** The life of something that is sent, as pure steps: each takes what is known and gives what is known afterwards. */
import type { PortalAnswer } from './portal.ts'
import type { Sending, SendingAnswer, SendingState } from './sending-task.ts'

/** After this many attempts without an answer a person decides. */
export const MOST_UNANSWERED = 4

const FIRST_PAUSE = 60_000
const LONGEST_PAUSE = 3_600_000

const iso = (time: number): string => new Date(time).toISOString()

/** ms; doubled each time, with chance so that many do not come back together. @param chance 0 to 1 */
const pauseAfter = (attempts: number, chance: number): number =>
  Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** Math.min(attempts - 1, 10)) * (0.75 + chance / 2)

/** New bytes are to be sent: what went out before is remembered. */
export const readied = (
  before: Sending | null,
  made: Pick<Sending, 'id' | 'line' | 'subject' | 'destination' | 'patient' | 'file'>,
): Sending => ({
  ...made,
  state: 'ready',
  answer: 'none',
  sends: before?.sends ?? 0,
  attempts: 0,
  until: '',
  next: '',
  receipts: before?.receipts ?? [],
  receivedAt: '',
  message: '',
})

/** Whether somebody is sending it at this moment. */
export const isUnderWay = ({ answer, until }: Sending, now: number): boolean =>
  answer === 'pending' && Date.parse(until) > now

/** Nothing more happens to it by itself. */
const isOver = (state: SendingState): boolean => state === 'accepted' || state === 'refused' || state === 'withdrawn'

/** What it is about changed since the bytes were made: they go out no more. */
export const withdrawn = (sending: Sending): Sending => ({
  ...sending,
  state: 'withdrawn',
  until: '',
  next: '',
  message: WITHDRAWN,
})

/** Whether it is to be sent now without anybody asking. */
export function isDue(sending: Sending, now: number): boolean {
  const { state, attempts, next } = sending
  if (isOver(state) || isUnderWay(sending, now)) return false
  if (state !== 'ready' && attempts >= MOST_UNANSWERED) return false
  return next === '' || Date.parse(next) <= now
}

/**
 * Written before the first byte goes out: from here on the portal may have it, whatever happens to us. What went out
 * before is marked as sent again.
 * @param lease ms for which nobody else touches it
 */
export const begun = (sending: Sending, now: number, lease: number): Sending => ({
  ...sending,
  state: sending.sends > 0 ? 'resent' : 'sent',
  answer: 'pending',
  sends: sending.sends + 1,
  attempts: sending.attempts + 1,
  until: iso(now + lease),
  next: '',
  message: '',
})

/** What the portal said, or that it said nothing. */
export function ended(sending: Sending, answer: PortalAnswer, now: number, chance: number): Sending {
  const next = iso(now + pauseAfter(sending.attempts, chance))
  const rest = { ...sending, until: '', next: '' }
  switch (answer.kind) {
    case 'received': {
      const { receipt, at, message } = answer
      return {
        ...rest,
        ...said('accepted', 'received', message),
        receipts: [...sending.receipts, receipt],
        receivedAt: at ?? iso(now),
      }
    }
    case 'refused':
      return { ...rest, ...said('refused', 'refused', `${answer.code} ${answer.message}`.trim()) }
    case 'not-sent':
      return { ...rest, ...said('ready', 'not-sent', NOT_SENT[answer.why]), sends: sending.sends - 1, next }
    case 'unknown':
      return { ...rest, ...said(sending.state, 'unknown', UNKNOWN), next }
  }
}

const said = (
  state: SendingState,
  answer: SendingAnswer,
  message: string,
): Pick<Sending, 'state' | 'answer' | 'message'> => ({
  state,
  answer,
  message,
})

const WITHDRAWN = 'Hồ sơ đã thay đổi sau khi ký; bản này không gửi nữa'
const UNKNOWN = 'Đã gửi nhưng không nhận được trả lời; cổng có thể đã tiếp nhận'

const NOT_SENT = {
  unreachable: 'Không kết nối được cổng; sẽ tự gửi lại',
  account: 'Cổng không nhận tài khoản của cơ sở; báo người quản trị',
  paused: 'Cổng đang không trả lời; sẽ tự gửi lại',
} as const

/** The answers that several interactions give. */
import { type Refusal, statusOf, toOperationOutcome } from '#fhir/outcome'
import type { StoredVersion, Written } from '#foundation/record-store'
import type { Answer, Exchange } from './exchange.ts'
import { preferences } from './headers.ts'
import { httpRefusal, type HttpRule, statusOfRule } from './refusals.ts'

export const refused = (refusals: readonly Refusal[]): Answer => ({
  status: statusOf(refusals, statusOfRule),
  refusals: refusals.slice(0, MOST_ISSUES),
})

/** Nobody reads more, and a Bundle may have a hundred thousand things wrong with it. */
const MOST_ISSUES = 500

export const refusedBy = (rule: HttpRule, detail?: string): Answer => refused([httpRefusal(rule, detail)])

/** A version of a resource as it is stored; 404 where there is none, 410 after its deletion. */
export function versionAnswer(stored: StoredVersion | null): Answer {
  if (stored === null) return refusedBy('FHIR-HTTP-2')
  if (stored.body === null) return { ...refusedBy('FHIR-HTTP-3'), stored }
  return { status: 200, body: stored.body, stored }
}

/** @param warnings told in an OperationOutcome where the client prefers one */
export function writtenAnswer(exchange: Exchange, written: Written, warnings: readonly Refusal[] = []): Answer {
  const { stored, effect } = written
  const answer = { status: effect === 'created' ? 201 : 200, stored, created: effect === 'created' }
  switch (preferences(exchange.headers).return) {
    case 'minimal':
      return answer
    case 'OperationOutcome':
      return { ...answer, body: JSON.stringify(toOperationOutcome([...warnings, allWell(effect)])) }
    case 'representation':
      return stored.body === null ? answer : { ...answer, body: stored.body }
  }
}

const EFFECTS: Readonly<Record<Written['effect'], readonly [vi: string, en: string]>> = {
  created: ['Đã tạo bản ghi', 'The resource has been created'],
  updated: ['Đã cập nhật bản ghi', 'The resource has been updated'],
  deleted: ['Đã xóa bản ghi', 'The resource has been deleted'],
  unchanged: ['Nội dung không đổi, không tạo phiên bản mới', 'The content is the same; there is no new version'],
  absent: ['Không có bản ghi nào để xóa', 'There was nothing to delete'],
}

/** The information issue of an OperationOutcome after a success. */
export function allWell(effect: Written['effect']): Refusal {
  const [vi, en] = EFFECTS[effect]
  return { rule: 'FHIR-HTTP-0', severity: 'information', code: 'informational', message: { vi, en } }
}

export const jsonAnswer = (resource: unknown): Answer => ({ status: 200, body: JSON.stringify(resource) })

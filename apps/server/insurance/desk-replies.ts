import type { FastifyReply } from 'fastify'
import type { Refusal } from '#fhir/outcome'

/** `:id` of an address. */
export type ById = { Params: { id: string } }

const REFUSALS = {
  'BHXH-HTTP-1': { status: 404, vi: 'Không tìm thấy', en: 'There is no such thing here' },
  'BHXH-HTTP-2': { status: 400, vi: 'Yêu cầu không đúng dạng', en: 'The request does not have the expected form' },
  'BHXH-HTTP-3': {
    status: 503,
    vi: 'Đang có quá nhiều tệp chờ nhập; hãy gửi lại sau ít phút',
    en: 'Too many files are waiting; send it again in a few minutes',
  },
  'BHXH-HTTP-4': { status: 400, vi: 'Tháng phải có dạng 2026-07', en: 'A month looks like 2026-07' },
} as const

/** Answers with one of the desk's own refusals. */
export const refuse = (reply: FastifyReply, rule: keyof typeof REFUSALS): FastifyReply => {
  const { status, vi, en } = REFUSALS[rule]
  return reply.code(status).send({ rule, vi, en })
}

/** Answers with the first refusal of an outcome, in the desk's form. */
export const refuseWith = (reply: FastifyReply, status: number, [first]: readonly Refusal[]): FastifyReply =>
  reply.code(status).send({ rule: first?.rule ?? '', vi: first?.message.vi ?? '', en: first?.message.en ?? '' })

/** The value, or that there is none. */
export const found = <T>(reply: FastifyReply, value: T | null | undefined): FastifyReply =>
  value === null || value === undefined ? refuse(reply, 'BHXH-HTTP-1') : reply.send(value)

/** Members of a JSON body; null for what is no object. A form of another site is none. */
export const membersOf = (body: unknown): Readonly<Record<string, unknown>> | null =>
  typeof body === 'object' && body !== null && !Array.isArray(body) ? (body as Record<string, unknown>) : null

/** A member that is text; '' otherwise. */
export const textIn = (members: Readonly<Record<string, unknown>>, name: string): string => {
  const value = members[name]
  return typeof value === 'string' ? value : ''
}

/** A member that is true or false; null otherwise. */
export function flagIn(body: unknown, name: string): boolean | null {
  const value = membersOf(body)?.[name]
  return typeof value === 'boolean' ? value : null
}

/** What the routes below /access have in common: who asks, what is refused how, and what the audit log is told. */
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Refusal } from '#fhir/outcome'
import type { Policy, Reader, Role } from '#foundation/access-control'
import { type AuditEntry, auditEntry, type AuditFacts } from '#foundation/audit-log'
import type { RecordStore } from '#foundation/record-store'
import type { Identify } from './admit.ts'
import type { Door } from './visits.ts'

export interface AccessDesk {
  readonly door: Door
  readonly store: RecordStore
  readonly policy: () => Policy
  readonly identify: Identify
  /** whether the reader has shown within the last minutes again that it is them */
  readonly isConfirmed: (request: FastifyRequest) => Promise<boolean>
}

interface Said {
  readonly rule: string
  readonly vi: string
  readonly en: string
}

export const REFUSALS = {
  nobody: { rule: 'ACCESS-0', vi: 'Hãy đăng nhập', en: 'Sign in first' },
  role: { rule: 'ACCESS-20', vi: 'Vai trò của bạn không làm được việc này', en: 'This is not for your roles' },
  gone: {
    rule: 'ACCESS-21',
    vi: 'Không có dòng này hoặc đã được xử lý',
    en: 'There is no such row, or somebody dealt with it already',
  },
  malformed: {
    rule: 'ACCESS-22',
    vi: 'Yêu cầu thiếu hoặc sai trường',
    en: 'Something is missing or wrong in the request',
  },
  print: { rule: 'ACCESS-23', vi: 'Bạn không có quyền in hồ sơ này', en: 'You may not print this record' },
  confirm: {
    rule: 'ACCESS-25',
    vi: 'Cần xác thực lại trước khi làm việc này',
    en: 'Show again that it is you before you do this',
  },
} as const satisfies Readonly<Record<string, Said>>

export const refuse = (reply: FastifyReply, status: number, refusal: Said): FastifyReply =>
  reply.code(status).send(refusal)

export const said = ({ rule, message }: Refusal): Said => ({ rule, vi: message.vi, en: message.en })

export const holds = (reader: Reader, roles: readonly Role[]): boolean =>
  reader.roles.some((role) => roles.includes(role))

/** @returns a text of at most so many characters; null for anything else */
export const text = (value: unknown, most: number): string | null =>
  typeof value === 'string' && value.length > 0 && value.length <= most ? value : null

/** Number of a row of ours, as text. */
export const rowId = (value: unknown): string | null => (/^\d{1,18}$/.test(String(value)) ? String(value) : null)

/** One request of somebody who signed in. */
export interface Asking {
  readonly reader: Reader
  readonly body: Record<string, unknown>
  readonly request: FastifyRequest
  readonly reply: FastifyReply
}

/** Each route knows its reader; nobody else gets further than the door. */
export const asReader =
  ({ identify }: Pick<AccessDesk, 'identify'>, work: (asking: Asking) => Promise<unknown>) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<unknown> => {
    const reader = await identify(request)
    if (reader === null) return refuse(reply, 401, REFUSALS.nobody)
    return work({ reader, body: (request.body ?? {}) as Record<string, unknown>, request, reply })
  }

type Told = Partial<Omit<AuditFacts, 'agent' | 'request'>> &
  Pick<AuditFacts, 'action'> & { readonly purpose?: AuditFacts['agent']['purpose'] }

export const told = (
  { door }: Pick<AccessDesk, 'door'>,
  { reader, request }: Pick<Asking, 'reader' | 'request'>,
  { purpose, ...facts }: Told,
): AuditEntry =>
  auditEntry({
    at: new Date(door.now()).toISOString(),
    outcome: 'success',
    entities: [],
    patients: [],
    ...facts,
    agent: {
      account: reader.account,
      reference: reader.agent,
      roles: reader.roles,
      client: reader.client,
      session: reader.session,
      network: reader.network,
      purpose: purpose ?? reader.purpose,
    },
    request: request.id,
  })

/** Says that this is not for their roles, and tells of it before the answer leaves. @param action what was tried */
export async function refuseRole(
  { door }: Pick<AccessDesk, 'door'>,
  asking: Asking,
  action: AuditFacts['action'] = 'search',
): Promise<FastifyReply> {
  const { rule } = REFUSALS.role
  await door.audit(
    told({ door }, asking, { action, outcome: 'refused', rule, query: asking.request.routeOptions.url ?? '' }),
  )
  return refuse(asking.reply, 403, REFUSALS.role)
}

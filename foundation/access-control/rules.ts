/**
 * What a decision looks at, as two tables: checks that concern every request, and conditions that a line of the policy
 * may ask. They are tables so that each can be taken away in a test, which must then fail.
 */
import type { IssueCode, Sentence } from '#fhir/outcome'
import { NOBODYS } from './areas.ts'
import { bitsOf } from './labels.ts'
import type { Line, Policy } from './policy/policy.ts'
import { scopeAllows } from './scopes.ts'
import type { AccessRequest, Area, Reader } from './types.ts'
import { isWithin } from './windows.ts'

/** What is known of who asks and of the hour, whatever they ask for. */
export interface Asker {
  readonly reader: Reader
  readonly policy: Policy
  /** whether the address is the hospital's own */
  readonly inside: boolean
  /** local time of the hospital */
  readonly at: string
}

/** A request with what follows from it. */
export interface Facts extends Asker {
  readonly request: AccessRequest
  readonly area: Area
  /** relations that hold at the time of the request */
  readonly held: AccessRequest['relations']
  /** labels beyond the reader's clearance, as bits */
  readonly uncleared: number
}

interface Rule extends Sentence {
  readonly id: string
  readonly code: IssueCode
}

/** Asked of every request. */
export interface Check extends Rule {
  readonly holds: (facts: Facts) => boolean
}

/** Asked where a line says so; those of the asker alone are asked of the fence as well. */
export type Condition = Rule & { readonly asked: (line: Line) => boolean } & (
    | { readonly of: 'asker'; readonly holds: (line: Line, asker: Asker) => boolean }
    | { readonly of: 'request'; readonly holds: (line: Line, facts: Facts) => boolean }
  )

/** Before any line is looked at. */
export const SCOPE: Check = {
  id: 'ACCESS-1',
  code: 'forbidden',
  vi: 'Ứng dụng không được cấp phạm vi (scope) này',
  en: 'The scopes of the application do not allow this',
  holds: ({ reader, request: { act, type } }) => scopeAllows(reader.scopes, act, type, reader.patients !== null),
}

/**
 * Whoever is limited to named patients reaches these and what belongs to nobody. They may search any type, because the
 * fence holds what they find; not the audit log, which lies outside of the fence and is searched whole.
 */
export const COMPARTMENT: Check = {
  id: 'ACCESS-2',
  code: 'forbidden',
  vi: 'Ngoài phạm vi người bệnh được phép xem',
  en: 'Outside of the patients that access is limited to',
  holds: ({ reader, area, request: { act, ofPatient, withinPatients } }) =>
    reader.patients === null ||
    (ofPatient ? withinPatients : NOBODYS.includes(area) || (act === 'search' && area !== 'audit')),
}

export const outsideIsStrong = ({ reader, inside, policy }: Asker): boolean =>
  inside || reader.factors >= 2 || reader.roles.every((role) => policy.networks.exempt.includes(role))

/** @source TCVN 14423:2026, 4.6: access from outside needs several factors */
export const OUTSIDE: Check = {
  id: 'ACCESS-3',
  code: 'forbidden',
  vi: 'Truy cập từ ngoài mạng bệnh viện cần xác thực hai yếu tố',
  en: 'Access from outside of the hospital needs two factors',
  holds: outsideIsStrong,
}

/** No line speaks of such an act of these roles. */
export const NO_LINE: Rule = {
  id: 'ACCESS-4',
  code: 'forbidden',
  vi: 'Vai trò của bạn không có quyền này',
  en: 'Your roles do not have this right',
}

/** What is written down anew may be as sensitive as it is; all else has to be seen first. */
export const LABELS_COVERED: Check = {
  id: 'ACCESS-5',
  code: 'forbidden',
  vi: 'Nội dung nhạy cảm, cần quan hệ điều trị được xem nội dung này',
  en: 'Sensitive content that neither your role nor your relation with the patient covers',
  holds: ({ request: { act }, uncleared, held }) =>
    uncleared === 0 || act === 'create' || held.some(({ labels }) => (uncleared & ~bitsOf(labels)) === 0),
}

/** In this order: of several lines that fail, the one that fails latest says why, because it is nearest to allowing. */
export const CONDITIONS: readonly Condition[] = [
  {
    id: 'ACCESS-6',
    code: 'forbidden',
    vi: 'Chỉ người bệnh hoặc người đại diện, với hồ sơ của mình',
    en: 'Only patients and representatives, and only their own record',
    of: 'asker',
    asked: ({ tie }) => tie === 'own',
    holds: (_, { reader }) => reader.patients !== null && /^(Patient|RelatedPerson)\//.test(reader.agent),
  },
  {
    id: 'ACCESS-7',
    code: 'forbidden',
    vi: 'Chỉ cho ứng dụng có phạm vi (scope) được cấp',
    en: 'Only for applications with scopes',
    of: 'asker',
    asked: ({ scoped }) => scoped === true,
    holds: (_, { reader }) => reader.scopes !== null,
  },
  {
    id: 'ACCESS-8',
    code: 'forbidden',
    vi: 'Chỉ với người bệnh được nêu tên khi cấp quyền',
    en: 'Only for readers limited to named patients',
    of: 'asker',
    asked: ({ limited }) => limited === true,
    holds: (_, { reader }) => reader.patients !== null,
  },
  {
    id: 'ACCESS-9',
    code: 'forbidden',
    vi: 'Bạn không có quan hệ điều trị với người bệnh này',
    en: 'You have no relation of care with this patient',
    of: 'request',
    asked: ({ tie }) => tie === 'relation',
    holds: (_, { request, held }) => !request.ofPatient || held.length > 0,
  },
  {
    id: 'ACCESS-10',
    code: 'forbidden',
    vi: 'Người bệnh không thuộc khoa của bạn',
    en: 'The patient is not of your department',
    of: 'request',
    asked: ({ kinds }) => kinds !== undefined,
    holds: ({ kinds = [] }, { held }) => held.some(({ kind }) => kinds.includes(kind)),
  },
  {
    id: 'ACCESS-11',
    code: 'forbidden',
    vi: 'Chỉ làm được khi đang trực tại khoa',
    en: 'Only while on duty in a department',
    of: 'asker',
    asked: ({ onDuty }) => onDuty === true,
    holds: (_, { reader }) => reader.departments.length > 0,
  },
  {
    id: 'ACCESS-12',
    code: 'forbidden',
    vi: 'Ngoài mạng được phép cho việc này',
    en: 'Not from this network',
    of: 'asker',
    asked: ({ network }) => network !== undefined,
    holds: ({ network }, { inside }) => (network === 'inside') === inside,
  },
  {
    id: 'ACCESS-13',
    code: 'forbidden',
    vi: 'Ngoài khung giờ được phép',
    en: 'Outside of the hours in which this is allowed',
    of: 'asker',
    asked: ({ window }) => window !== undefined,
    holds: ({ window }, { at }) => window === undefined || isWithin(window, at),
  },
  {
    id: 'ACCESS-14',
    code: 'forbidden',
    vi: 'Việc này cần xác thực hai yếu tố',
    en: 'This needs two factors',
    of: 'asker',
    asked: ({ factors }) => factors !== undefined,
    holds: ({ factors = 1 }, { reader }) => reader.factors >= factors,
  },
]

/** All that decides besides the policy itself. */
export interface Rules {
  readonly before: readonly Check[]
  readonly conditions: readonly Condition[]
  readonly after: readonly Check[]
}

export const RULES: Rules = { before: [SCOPE, COMPARTMENT, OUTSIDE], conditions: CONDITIONS, after: [LABELS_COVERED] }

/**
 * Grants for somebody of outside: one patient, one purpose, until a day, on a paper that somebody of the hospital agreed
 * to. A grant is a relation of kind `grant`; it counts only for a reader who comes for its purpose.
 *
 * @source Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 3, 4 và 5
 */
import { accept, no, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { Policy } from './policy/policy.ts'
import type { Label, Purpose, Reader, Relation } from './types.ts'

export interface Grant {
  /** who may read: `Practitioner/…`, `Person/…` */
  readonly holder: string
  /** `Patient/…` */
  readonly patient: string
  readonly purpose: Purpose
  readonly labels: readonly Label[]
  /** ISO 8601 */
  readonly since: string
  readonly until: string
  /** the paper that asks for it: number, date and office */
  readonly basis: string
  /** account of whoever agreed */
  readonly grantedBy: string
}

const DAY = 86_400_000

interface Rule {
  readonly refusal: Refusal
  readonly isBroken: (grant: Grant, policy: Policy) => boolean
}

const ruleFor = ({ purpose }: Grant, { grants }: Policy) => grants.find(({ purposes }) => purposes.includes(purpose))

/** What is asked of every grant. */
export const GRANT_CONDITIONS: readonly Rule[] = [
  {
    refusal: no('GRANT-1', 'value', {
      vi: 'Chính sách không cấp quyền cho mục đích này',
      en: 'The policy grants nothing for this purpose',
    }),
    isBroken: (grant, policy) => ruleFor(grant, policy) === undefined,
  },
  {
    refusal: no('GRANT-2', 'value', {
      vi: 'Thời hạn cấp quyền quá dài hoặc sai',
      en: 'The time of the grant is too long or wrong',
    }),
    isBroken: (grant, policy) => {
      const lasts = Date.parse(grant.until) - Date.parse(grant.since)
      return !(lasts > 0 && lasts <= (ruleFor(grant, policy)?.days ?? 0) * DAY)
    },
  },
  {
    refusal: no('GRANT-3', 'value', {
      vi: 'Nội dung này không được cấp cho người ngoài',
      en: 'Such content is never granted for this purpose',
    }),
    isBroken: (grant, policy) => grant.labels.some((label) => ruleFor(grant, policy)?.never.includes(label)),
  },
  {
    refusal: no('GRANT-4', 'required', {
      vi: 'Cần số, ngày của văn bản đề nghị',
      en: 'Name the paper that asks for it',
    }),
    isBroken: ({ basis }) => basis.trim().length < 10,
  },
  {
    refusal: no('GRANT-5', 'value', {
      vi: 'Cần đúng một người bệnh và một người được cấp',
      en: 'One patient and one holder have to be named',
    }),
    isBroken: ({ patient, holder }) =>
      !/^Patient\/[A-Za-z0-9\-.]{1,64}$/.test(patient) ||
      !/^(Practitioner|Person|RelatedPerson)\/[A-Za-z0-9\-.]{1,64}$/.test(holder),
  },
]

/**
 * Whom the relation of a grant is held by: its holder, coming for its purpose. No resource has such an id, so the same
 * person coming for another purpose does not hold it, for the fence as little as for a decision.
 */
export const grantHolder = (holder: string, purpose: Purpose): string => `${holder}#${purpose}`

/** Under what a reader holds grants, if their roles may hold any for the purpose they come for. */
export const grantHoldersOf = ({ grants }: Policy, { agent, roles, purpose }: Reader): readonly string[] =>
  grants.some((rule) => rule.purposes.includes(purpose) && rule.roles.some((role) => roles.includes(role)))
    ? [grantHolder(agent, purpose)]
    : []

/** Whether the policy lets somebody give this. @returns the grant, or all that is wrong with it */
export function grantAllowed(policy: Policy, grant: Grant): Outcome<Grant> {
  const refusals = GRANT_CONDITIONS.filter(({ isBroken }) => isBroken(grant, policy)).map(({ refusal }) => refusal)
  return refusals.length > 0 ? refuse(refusals) : accept(grant)
}

/** The relation that a grant gives a reader now; null where it is another's, for another purpose, or not of now. */
export function grantRelation(grant: Grant, reader: Pick<Reader, 'agent' | 'purpose'>, at: string): Relation | null {
  const now = Date.parse(at)
  const holds =
    grant.holder === reader.agent &&
    grant.purpose === reader.purpose &&
    Date.parse(grant.since) <= now &&
    now < Date.parse(grant.until)
  return holds ? { kind: 'grant', labels: grant.labels, until: grant.until } : null
}

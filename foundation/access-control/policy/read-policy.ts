/** A policy from a document: its shape, and whether what it says can be held and lets nobody do what no policy may. */
import { accept, no, type Outcome, type Refusal, refuse, type Sentence } from '#fhir/outcome'
import { areaOf } from '../areas.ts'
import { RELATION_TYPES } from '../relations.ts'
import type { Act, Area, Role } from '../types.ts'
import type { Line, Policy } from './policy.ts'
import { shapeOfPolicy } from './policy-shape.ts'

const READING: readonly Act[] = ['read', 'search']
const TAKING: readonly Act[] = ['read', 'search', 'copy', 'print']
const CHANGING: readonly Act[] = ['create', 'edit', 'cancel', 'restore']
/** Nothing of a patient is in these. */
const IMPERSONAL: readonly Area[] = ['directory', 'definition']

const some = <T>(list: readonly T[], of: readonly T[]) => list.some((each) => of.includes(each))
const reads = ({ acts }: Line) => some(acts, READING)
const readsByRelation = (line: Line) => reads(line) && line.tie === 'relation'

/** A rule about single lines. */
interface LineRule {
  readonly rule: string
  readonly message: Sentence
  readonly isBroken: (line: Line, policy: Policy) => boolean
}

const glassRoles = ({ breakGlass }: Policy): readonly Role[] => breakGlass.rules.flatMap(({ roles }) => roles)

const writesRelations = ({ acts, areas, types, tie }: Line) =>
  tie === 'none' &&
  some(acts, ['create', 'edit', 'restore']) &&
  RELATION_TYPES.some((type) => areas.includes(areaOf(type)) && (types === undefined || types.includes(type)))

/** What no line of any policy may say. */
export const LINE_RULES: readonly LineRule[] = [
  {
    rule: 'POLICY-3',
    message: { vi: 'Quyền đọc và tìm kiếm phải đi cùng nhau', en: 'Reading and searching are given together' },
    isBroken: ({ acts }) => acts.includes('read') !== acts.includes('search'),
  },
  {
    rule: 'POLICY-4',
    message: {
      vi: 'Quyền đọc cấp theo nhóm dữ liệu, không theo loại tài nguyên hay loại quan hệ',
      en: 'Reading is given by area: PostgreSQL holds neither types nor kinds of relations',
    },
    isBroken: (line) => reads(line) && (line.types !== undefined || line.kinds !== undefined),
  },
  {
    rule: 'POLICY-5',
    message: { vi: 'Loại quan hệ chỉ dùng khi cần quan hệ điều trị', en: 'Kinds are of lines that ask for a relation' },
    isBroken: ({ kinds, tie }) => kinds !== undefined && tie !== 'relation',
  },
  {
    rule: 'POLICY-6',
    message: { vi: 'Loại tài nguyên không thuộc nhóm nào của dòng', en: 'A type is in none of the areas of the line' },
    isBroken: ({ types = [], areas }) => types.some((type) => !areas.includes(areaOf(type))),
  },
  {
    rule: 'POLICY-7',
    message: { vi: 'Giờ kết thúc phải sau giờ bắt đầu', en: 'The window ends before it begins' },
    isBroken: ({ window }) => window !== undefined && window.to <= window.from,
  },
  {
    rule: 'POLICY-8',
    message: {
      vi: 'Không chặn cấp cứu: đọc theo quan hệ của người được mở khẩn cấp không kèm khung giờ, mạng, trực hay yếu tố',
      en: 'An emergency is never blocked: reading by relation of those who may break the glass has no further condition',
    },
    isBroken: (line, policy) =>
      readsByRelation(line) &&
      some(line.roles, glassRoles(policy)) &&
      [line.window, line.network, line.onDuty, line.factors, line.scoped, line.limited].some(
        (each) => each !== undefined,
      ),
  },
  {
    rule: 'POLICY-9',
    message: {
      vi: 'Vai trò đọc theo quan hệ không được tự tạo quan hệ cho mình',
      en: 'Whoever reads by relation may not write what gives relations without having one',
    },
    isBroken: (line, { lines }) =>
      writesRelations(line) && lines.some((other) => readsByRelation(other) && some(other.roles, line.roles)),
  },
  {
    rule: 'POLICY-10',
    message: {
      vi: 'Quản trị viên hệ thống không thấy dữ liệu người bệnh',
      en: 'Administrators of the system see nothing of patients',
    },
    isBroken: ({ roles, areas }) => roles.includes('administrator') && areas.some((area) => !IMPERSONAL.includes(area)),
  },
  {
    rule: 'POLICY-11',
    message: { vi: 'Không ai được ghi vào nhật ký truy cập', en: 'Nobody writes in the audit log' },
    isBroken: ({ areas, acts }) => areas.includes('audit') && some(acts, CHANGING),
  },
  {
    rule: 'POLICY-12',
    message: {
      vi: 'Người bệnh và người đại diện chỉ đọc hồ sơ của mình',
      en: 'Patients and representatives read only what is theirs',
    },
    isBroken: ({ roles, acts, areas, tie }) =>
      some(roles, ['patient', 'representative']) &&
      some(acts, TAKING) &&
      tie !== 'own' &&
      areas.some((area) => !IMPERSONAL.includes(area)),
  },
]

function idsTwice(policy: Policy): readonly Refusal[] {
  const { lines, clearances, breakGlass, grants, representations } = policy
  const ids = [lines, clearances, breakGlass.rules, grants, representations].flatMap((part) => part.map(({ id }) => id))
  return [...new Set(ids.filter((id, i) => ids.indexOf(id) !== i))].map((id) =>
    no('POLICY-2', 'duplicate', { vi: `Mã ${id} dùng hai lần`, en: `The id ${id} is used twice` }),
  )
}

function unknownReasons({ breakGlass: { reasons, rules } }: Policy): readonly Refusal[] {
  const codes = new Set(reasons.map(({ code }) => code))
  return rules.flatMap((rule, i) =>
    rule.reasons.every((reason) => codes.has(reason))
      ? []
      : [
          no(
            'POLICY-13',
            'value',
            { vi: 'Lý do này không có trong danh sách lý do', en: 'A reason is not in the list of reasons' },
            `breakGlass.rules[${i}].reasons`,
          ),
        ],
  )
}

const endsTooSoon = ({ from, until }: Policy): readonly Refusal[] =>
  until === null || Date.parse(until) > Date.parse(from)
    ? []
    : [no('POLICY-14', 'value', { vi: 'Hết hiệu lực trước khi có hiệu lực', en: 'It ends before it begins' }, 'until')]

/** @returns the policy, or everything that is wrong with it */
export function readPolicy(document: unknown): Outcome<Policy> {
  const shape = shapeOfPolicy(document, '')
  if (shape.length > 0) return refuse(shape)
  const policy = document as Policy
  const lines = policy.lines.flatMap((line, i) =>
    LINE_RULES.filter(({ isBroken }) => isBroken(line, policy)).map(({ rule, message }) =>
      no(rule, 'business-rule', message, `lines[${i}]`),
    ),
  )
  const refusals = [...lines, ...idsTwice(policy), ...unknownReasons(policy), ...endsTooSoon(policy)]
  return refusals.length > 0 ? refuse(refusals) : accept(policy)
}

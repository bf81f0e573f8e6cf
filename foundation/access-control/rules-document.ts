/** docs/rules/access.md, written from the tables themselves. */
import { AREA_BITS } from './areas.ts'
import { GLASS_CONDITIONS } from './break-glass.ts'
import { GRANT_CONDITIONS } from './grants.ts'
import { ALL_LABELS, LABELS } from './labels.ts'
import { DEFAULT_POLICY } from './policy/default-policy.ts'
import type { Line } from './policy/policy.ts'
import { LINE_RULES } from './policy/read-policy.ts'
import { COVERED, RELATION_LINES } from './relations.ts'
import { NO_LINE, RULES } from './rules.ts'

const cell = (text: string): string => text.replaceAll('|', '\\|')
const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`
const table = (heads: readonly string[], rows: readonly (readonly string[])[]): readonly string[] => [
  row(...heads),
  row(...heads.map(() => '---')),
  ...rows.map((each) => row(...each)),
  '',
]

const said = ({ vi, en }: { readonly vi: string; readonly en: string }) => `${vi} — ${en}`
const list = (words: readonly string[]) => words.join(', ')

const WORDS: readonly (readonly [string, (line: Line) => string | undefined])[] = [
  ['', ({ tie }) => (tie === 'none' ? undefined : tie === 'own' ? 'own record' : 'relation')],
  ['kind', ({ kinds }) => kinds && list(kinds)],
  ['', ({ window }) => window && `days ${list(window.weekdays.map(String))}, ${window.from}–${window.to}`],
  ['', ({ onDuty }) => onDuty && 'on duty'],
  ['', ({ factors }) => factors && 'two factors'],
  ['', ({ network }) => network && `${network} the hospital`],
  ['', ({ scoped }) => scoped && 'scopes'],
  ['', ({ limited }) => limited && 'named patients'],
]

const conditionsOf = (line: Line): string =>
  WORDS.flatMap(([name, word]) => {
    const found = word(line)
    return found === undefined ? [] : [`${name} ${found}`.trim()]
  }).join('; ')

const whatOf = ({ areas, types }: Line): string => `${list(areas)}${types === undefined ? '' : ` (${list(types)})`}`

const lines = () =>
  DEFAULT_POLICY.lines.map((line) => [
    line.id,
    list(line.roles),
    list(line.acts),
    whatOf(line),
    conditionsOf(line),
    said(line),
    line.source,
  ])

const refusals = () => [
  ...[...RULES.before, NO_LINE, ...RULES.after, ...RULES.conditions].map((rule) => [rule.id, said(rule)]),
  ...GLASS_CONDITIONS.map(({ refusal: { rule, message } }) => [rule, said(message)]),
  ...GRANT_CONDITIONS.map(({ refusal: { rule, message } }) => [rule, said(message)]),
]

const POLICY_REFUSALS: readonly (readonly string[])[] = [
  [
    'POLICY-1',
    'Sai cấu trúc, kể cả trường lạ — the document has not the shape of a policy; unknown fields are refused',
  ],
  ['POLICY-2', 'Mã dùng hai lần — an id is used twice'],
  ...LINE_RULES.map(({ rule, message }) => [rule, said(message)]),
  ['POLICY-13', 'Lý do mở khẩn cấp không có trong danh sách — a rule of the glass names a reason that is not listed'],
  ['POLICY-14', 'Hết hiệu lực trước khi có hiệu lực — it ends before it begins'],
  ['POLICY-20', 'Chính sách mới không có hiệu lực từ quá khứ — a new policy does not begin in the past'],
  ['POLICY-21', 'Không phải phiên bản kế tiếp — it is not the version after the last one'],
]

const introduction = [
  '# Rules of access',
  '',
  'Written from the tables themselves; `npm test` holds both equal (`LANH_DOCUMENTS=1` writes it anew). Nothing is allowed',
  'that no line of the policy in force allows. A hospital changes the policy as a document, version by version; the checks',
  'below it are the product’s. What may be done is written down a second time, independently, in',
  '`testing/access-matrix/access-model.ts`; `npm run mutants` shows that a mistake in any line is noticed.',
  '',
]

const areas = () => Object.keys(AREA_BITS)

/** The whole document. */
export const rulesDocument = (): string =>
  [
    ...introduction,
    '## Refusals',
    '',
    ...table(['rule', 'what it says'], refusals()),
    '## Lines of the policy a hospital begins with',
    '',
    `Areas: ${list(areas())}. What no area names is clinical.`,
    '',
    ...table(['line', 'roles', 'acts', 'what', 'only with', 'what it says', 'source'], lines()),
    '## Sensitive content',
    '',
    ...table(
      ['label', 'what it is', 'covered by relations of kind', 'seen without one by'],
      ALL_LABELS.map((label) => [
        label,
        said(LABELS[label]),
        list(Object.entries(COVERED).flatMap(([kind, covered]) => (covered.includes(label) ? [kind] : []))),
        list(DEFAULT_POLICY.clearances.flatMap(({ labels, roles }) => (labels.includes(label) ? roles : []))),
      ]),
    ),
    ...table(
      ['clearance', 'roles', 'labels', 'what it says', 'source'],
      DEFAULT_POLICY.clearances.map((each) => [each.id, list(each.roles), list(each.labels), said(each), each.source]),
    ),
    '## Relations that follow from the record',
    '',
    'What has no end goes on for 400 days after it was last written.',
    '',
    ...table(
      ['resource', 'reference', 'kind', 'days before', 'days after', 'not where'],
      RELATION_LINES.map(({ type, parameter, kind, before, after, unless }) => [
        type,
        parameter,
        kind,
        String(before),
        String(after),
        list(unless),
      ]),
    ),
    '## Breaking the glass',
    '',
    `For one patient and ${DEFAULT_POLICY.breakGlass.hours} hours. Reasons: ${list(DEFAULT_POLICY.breakGlass.reasons.map(said))}.`,
    '',
    ...table(
      ['rule', 'roles', 'reasons', 'opens besides the record', 'what it says', 'source'],
      DEFAULT_POLICY.breakGlass.rules.map((each) => [
        each.id,
        list(each.roles),
        list(each.reasons),
        list(each.labels),
        said(each),
        each.source,
      ]),
    ),
    '## Grants for people of outside, and representatives',
    '',
    ...table(
      ['rule', 'roles', 'purposes', 'days at most', 'never', 'what it says', 'source'],
      DEFAULT_POLICY.grants.map((each) => [
        each.id,
        list(each.roles),
        list(each.purposes),
        String(each.days),
        list(each.never),
        said(each),
        each.source,
      ]),
    ),
    ...table(
      ['rule', 'relationships', 'reads like a', 'what it says', 'source'],
      DEFAULT_POLICY.representations.map((each) => [
        each.id,
        list(each.relationships),
        each.role,
        said(each),
        each.source,
      ]),
    ),
    '## What no policy may say',
    '',
    ...table(['rule', 'what it says'], POLICY_REFUSALS),
  ]
    .join('\n')
    .trimEnd()
    .concat('\n')

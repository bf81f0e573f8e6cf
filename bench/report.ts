/** Prints what was measured and says of each figure whether it is what is expected. */
import { availableParallelism, cpus, totalmem } from 'node:os'
import { type Figures, cpuLimit } from './figures.ts'

export interface Row {
  readonly name: string
  readonly form: string
  /** what is counted per second */
  readonly unit: string
  readonly figures: readonly Figures[]
  /** figures of the floor at the same numbers of connections */
  readonly floor: readonly Figures[]
  readonly atLeast: number
  readonly share?: number | undefined
  readonly peers: string
}

export interface Verdict {
  readonly met: boolean
  /** e.g. "≥ 8,000 and 70 % of the floor" */
  readonly expected: string
  /** e.g. "8,412 at 32" */
  readonly reached: string
}

const whole = (value: number): string => Math.round(value).toLocaleString('en-US')
const short = (value: number): string =>
  !Number.isFinite(value) ? '–' : value >= 100 ? whole(value) : value >= 10 ? value.toFixed(1) : value.toFixed(2)
const percent = (share: number): string => `${Math.round(share * 100)} %`

const floorAt = ({ floor }: Row, connections: number): number =>
  floor.find((each) => each.connections === connections)?.perSecond ?? NaN

/** Judged where the product is fastest; the share is that of the floor at the same number of connections. */
export function judge(row: Row): Verdict {
  const best = row.figures.reduce((a, b) => (b.perSecond > a.perSecond ? b : a))
  const share = best.perSecond / floorAt(row, best.connections)
  const expected = [row.atLeast > 0 && `${whole(row.atLeast)}/s`, row.share && `${percent(row.share)} of the floor`]
  const reached = [`${whole(best.perSecond)}/s`, row.share && percent(share)]
  return {
    met: best.perSecond >= row.atLeast && (row.share === undefined || share >= row.share),
    expected: expected.filter(Boolean).join(' and '),
    reached: `${reached.filter(Boolean).join(', ')} (${best.connections} connections)`,
  }
}

const HEADINGS = [
  'work',
  'connections',
  'per second',
  'p50 ms',
  'p95 ms',
  'p99 ms',
  'CPU ms server',
  'CPU ms database',
  'CPU would allow',
  'other programs',
  'bytes',
  'of the floor',
]

const orDash = (value: number, write: (value: number) => string): string =>
  Number.isFinite(value) ? write(value) : '–'

/** One line for each number of connections. */
function lines(row: Row): readonly (readonly string[])[] {
  return row.figures.map((figures, i) => [
    i === 0 ? row.name : '',
    String(figures.connections),
    whole(figures.perSecond),
    ...[figures.p50, figures.p95, figures.p99, figures.serverCpu, figures.databaseCpu].map(short),
    orDash(cpuLimit(figures), whole),
    orDash(figures.others, percent),
    orDash(figures.bytes, whole),
    orDash(figures.perSecond / floorAt(row, figures.connections), percent),
  ])
}

const markdownTable = (head: readonly string[], body: readonly (readonly string[])[]): string => {
  const widths = head.map((title, i) => Math.max(title.length, ...body.map((cells) => (cells[i] ?? '').length)))
  const pad = (cell: string, i: number): string =>
    i === 0 ? cell.padEnd(widths[i] ?? 0) : cell.padStart(widths[i] ?? 0)
  const line = (cells: readonly string[]): string => `| ${cells.map(pad).join(' | ')} |`
  const rule = `| ${widths.map((width, i) => (i === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`)).join(' | ')} |`
  return [line(head), rule, ...body.map(line)].join('\n')
}

export const figuresTable = (rows: readonly Row[]): string => markdownTable(HEADINGS, rows.flatMap(lines))

export const verdictTable = (rows: readonly Row[]): string =>
  markdownTable(
    ['work', 'reached', 'expected', 'peers', 'met'],
    rows
      .filter(({ atLeast, share }) => atLeast > 0 || share !== undefined)
      .map((row) => {
        const { met, expected, reached } = judge(row)
        return [row.name, reached, expected, row.peers ? `${row.peers}/s` : '–', met ? 'yes' : 'NO']
      }),
  )

/** How the medians grew; a median counts as grown when it is more than half longer. */
export function growthTable(small: readonly Row[], large: readonly Row[]): string {
  const body = large.flatMap((row) => {
    const before = small.find(({ name }) => name === row.name)
    return row.figures.flatMap(({ connections, p50 }, i) => {
      const then = before?.figures.find((each) => each.connections === connections)?.p50
      if (!then) return []
      const ratio = p50 / then
      return [
        [
          i === 0 ? row.name : '',
          String(connections),
          short(then),
          short(p50),
          ratio.toFixed(2),
          ratio <= 1.5 ? 'yes' : 'NO',
        ],
      ]
    })
  })
  return markdownTable(['work', 'connections', 'p50 ms', 'p50 ms with more data', 'ratio', 'at most 1.5'], body)
}

/** How much of each figure is left with sign-in, policies and audit on. */
export function shareTable(open: readonly Row[], signed: readonly Row[]): string {
  const body = signed.flatMap((row) => {
    const before = open.find(({ name }) => name === row.name)
    return row.figures.flatMap(({ connections, perSecond }, i) => {
      const then = before?.figures.find((each) => each.connections === connections)?.perSecond
      if (!then) return []
      const share = perSecond / then
      return [
        [
          i === 0 ? row.name : '',
          String(connections),
          whole(then),
          whole(perSecond),
          `${Math.round(share * 100)} %`,
          share >= 0.7 ? 'yes' : 'NO',
        ],
      ]
    })
  })
  return markdownTable(['work', 'connections', 'per second', 'with sign-in', 'share', 'at least 70 %'], body)
}

export const machine = (database: string): string => {
  const gigabytes = Math.round(totalmem() / 2 ** 30)
  return `${availableParallelism()} cores (${cpus()[0]?.model ?? 'unknown'}), ${gigabytes} GiB, Node.js ${process.versions.node}, PostgreSQL ${database}`
}

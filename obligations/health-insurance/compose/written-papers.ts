import type { Field, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { inPaper, paperAuthor, paperAuthorName, paperDay, type Paper, signatory } from './paper-sources.ts'
import { copiedFromSummary, from, type Source, type Sources } from './source.ts'

/** What papers call otherwise than the summary; of a birth the patient is the mother. */
const CALLED: Readonly<Record<string, string>> = {
  MA_CSKCB_DI: 'MA_NOI_DI',
  MA_CSKCB_DEN: 'MA_NOI_DEN',
  PP_DIEUTRI: 'PP_DIEU_TRI',
  HO_TEN_NND: 'HO_TEN',
  NGAYSINH_NND: 'NGAY_SINH',
  MA_DANTOC_NND: 'MA_DANTOC',
  SO_CCCD_NND: 'SO_CCCD',
  NOI_CU_TRU_NND: 'DIA_CHI',
}

/** Fields that a paper repeats although it may say them itself. */
const REPEATED: ReadonlySet<string> = new Set(
  `${Object.keys(CALLED).join(' ')} CHAN_DOAN_RV MA_THE_BHYT MA_QUOCTICH MATINH_CU_TRU MAHUYEN_CU_TRU MAXA_CU_TRU`.split(
    ' ',
  ),
)

const OF_THE_PAPER: Sources<Paper> = {
  ...copiedFromSummary<Paper>('MA_LK'),
  MA_TTDV: signatory,
  MA_BS: paperAuthor,
  MA_BAC_SI: paperAuthor,
  TEN_BS: paperAuthorName,
  NGAY_CT: paperDay,
}

/** A field that the paper says, else the summary. */
function repeated(table: TableId, { name, kind }: Field): Source<Paper> {
  const own = inPaper(table, name)
  const called = CALLED[name] ?? name
  const length = kind === 'day' ? 8 : undefined
  return from(`${own.at}, else XML1.${called}`, (of) => own.read(of) ?? of.summary[called]?.slice(0, length))
}

/** A table that is a paper as somebody wrote it: what does not come from the visit stands in its coded sections. */
function writtenPaper(table: TableId): Sources<Paper> {
  const sources = tables[table].fields.flatMap((field): [string, Source<Paper>][] => {
    const { name, equalsSummary } = field
    if (name === 'DU_PHONG') return []
    const own = OF_THE_PAPER[name]
    if (own) return [[name, own]]
    if (equalsSummary && !(name in CALLED)) return Object.entries(copiedFromSummary<Paper>(name))
    return [[name, equalsSummary || REPEATED.has(name) ? repeated(table, field) : inPaper(table, name)]]
  })
  return Object.fromEntries(sources)
}

/** Papers that are as somebody wrote them: table, codes of its form, whether there may be several. */
export const writtenPapers = [
  { table: 'XML9', forms: ['XML9'], sources: writtenPaper('XML9'), most: Infinity },
  { table: 'XML10', forms: ['XML10'], sources: writtenPaper('XML10'), most: 1 },
  { table: 'XML11', forms: ['TT25-M07', 'XML11'], sources: writtenPaper('XML11'), most: 1 },
  { table: 'XML13', forms: ['XML13'], sources: writtenPaper('XML13'), most: 1 },
] as const

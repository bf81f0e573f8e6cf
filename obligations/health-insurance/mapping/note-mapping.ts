import type { ClinicalImpression } from '#fhir/r4'
import type { Row } from '../types.ts'
import { momentOf, writtenOf } from './moments.ts'
import { listed, some, textIn } from './parts.ts'
import { exact, type MadeRow, shown, type TableMapping, type Visit } from './table-mapping.ts'
import { vitalSignsIn } from './vital-signs.ts'

/** Other things a note says, with the words that stand before them. */
const REMARKS = [
  ['GIAI_DOAN_BENH', 'Giai đoạn bệnh'],
  ['HOI_CHAN', 'Hội chẩn'],
  ['PHAU_THUAT', 'Phẫu thuật'],
] as const

/** XML5: a note of the course. */
export const noteMapping: TableMapping = {
  table: 'XML5',
  becomes: 'ClinicalImpression; Observation for each vital sign of its CSST group',
  places: {
    DIEN_BIEN_LS: exact<ClinicalImpression>('ClinicalImpression.summary', ({ summary }) => summary),
    GIAI_DOAN_BENH: shown('ClinicalImpression.note'),
    HOI_CHAN: shown('ClinicalImpression.note'),
    PHAU_THUAT: shown('ClinicalImpression.note'),
    THOI_DIEM_DBLS: exact<ClinicalImpression>('ClinicalImpression.effectiveDateTime', ({ effectiveDateTime }) =>
      writtenOf(effectiveDateTime),
    ),
    NGUOI_THUC_HIEN: shown('ClinicalImpression.assessor'),
  },
  make: makeNote,
}

function makeNote({ values }: Row, key: string, visit: Visit): MadeRow {
  const remarks = REMARKS.map(([field, name]) => {
    const text = textIn(values[field])
    return text === undefined ? undefined : { text: `${name}: ${text}` }
  })
  const at = momentOf(values.THOI_DIEM_DBLS)
  const impression = some<ClinicalImpression>({
    resourceType: 'ClinicalImpression',
    id: visit.id('ClinicalImpression', 'XML5', key),
    status: 'completed',
    code: { text: 'Diễn biến lâm sàng' },
    subject: visit.subject,
    encounter: visit.inVisit,
    effectiveDateTime: at,
    assessor: visit.named.people(values.NGUOI_THUC_HIEN)[0],
    summary: textIn(values.DIEN_BIEN_LS),
    note: listed(remarks),
  })
  return { carriers: [impression], others: vitalSignsIn(values.DIEN_BIEN_LS, at, `XML5 ${key}`, visit) }
}

import type { TableId } from './table.ts'

/** Catalogues of a facility that show in its dossiers. */
export const catalogueKinds = ['services', 'drugs', 'supplies', 'staff', 'departments', 'beds', 'machines'] as const
export type CatalogueKind = (typeof catalogueKinds)[number]

/** One column of a table that a catalogue stands behind. */
export interface CatalogueSource {
  readonly kind: CatalogueKind
  readonly table: TableId
  readonly code: string
  readonly name?: string
  readonly unit?: string
  /** what a unit costs in the hospital; the price the fund pays by, where it is another field */
  readonly price?: string
  readonly fundPrice?: string
  /** true where the field holds several codes, separated by ";" */
  readonly several?: boolean
}

export const catalogueSources: readonly CatalogueSource[] = [
  { kind: 'drugs', table: 'XML2', code: 'MA_THUOC', name: 'TEN_THUOC', unit: 'DON_VI_TINH', price: 'DON_GIA' },
  {
    kind: 'supplies',
    table: 'XML3',
    code: 'MA_VAT_TU',
    name: 'TEN_VAT_TU',
    unit: 'DON_VI_TINH',
    price: 'DON_GIA_BV',
    fundPrice: 'DON_GIA_BH',
  },
  {
    kind: 'services',
    table: 'XML3',
    code: 'MA_DICH_VU',
    name: 'TEN_DICH_VU',
    unit: 'DON_VI_TINH',
    price: 'DON_GIA_BV',
    fundPrice: 'DON_GIA_BH',
  },
  { kind: 'staff', table: 'XML2', code: 'MA_BAC_SI', several: true },
  { kind: 'staff', table: 'XML3', code: 'MA_BAC_SI', several: true },
  { kind: 'staff', table: 'XML3', code: 'NGUOI_THUC_HIEN', several: true },
  { kind: 'departments', table: 'XML1', code: 'MA_KHOA', several: true },
  { kind: 'departments', table: 'XML2', code: 'MA_KHOA', several: true },
  { kind: 'departments', table: 'XML3', code: 'MA_KHOA', several: true },
  { kind: 'beds', table: 'XML3', code: 'MA_GIUONG', several: true },
  { kind: 'machines', table: 'XML3', code: 'MA_MAY', several: true },
]

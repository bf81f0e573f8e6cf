/** Where in a dossier the facility's catalogues show, and what R4 calls them. */
import type { TableId } from '#obligations/health-insurance'

export const CATALOGUES = ['services', 'drugs', 'supplies', 'staff', 'departments', 'beds', 'machines'] as const
export type CatalogueKind = (typeof CATALOGUES)[number]

/** One column of a table that feeds a catalogue. */
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

export const SOURCES: readonly CatalogueSource[] = [
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

/** Types of the resources that a catalogue consists of. */
export const CATALOGUE_TYPES = {
  services: 'ChargeItemDefinition',
  drugs: 'ChargeItemDefinition',
  supplies: 'ChargeItemDefinition',
  staff: 'PractitionerRole',
  departments: 'HealthcareService',
  beds: 'Location',
  machines: 'Device',
} as const satisfies Readonly<Record<CatalogueKind, string>>

export const isCatalogue = (text: string): text is CatalogueKind => CATALOGUES.some((kind) => kind === text)

import { fieldLabels, type Finding } from '#obligations/health-insurance'

/** Where in a dossier somebody looks; it stands in the address. */
export interface DossierPlace {
  readonly table?: string | undefined
  /** from 1 */
  readonly row?: number | undefined
  readonly field?: string | undefined
}

/** What one table is shown from. */
export interface SheetProps {
  readonly table: string
  readonly rows: readonly Readonly<Record<string, string>>[]
  /** those of this table */
  readonly findings: readonly Finding[]
  readonly place: DossierPlace
}

/** The name of a field for people; '' where no decision knows it. */
export const labelOf = (field: string): string => fieldLabels[field] ?? ''

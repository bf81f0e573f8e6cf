import type { CatalogueKind } from '../format/catalogue-sources.ts'

/** Days as yyyyMMdd; '' where there is no bound. */
export interface Valid {
  readonly since: string
  readonly until: string
}

export interface CataloguePrice extends Valid {
  /** decimal text, đồng a unit */
  readonly price: string
  /** what the fund pays by, where it differs */
  readonly fundPrice: string | null
}

export interface CatalogueItem extends Valid {
  /** none: no price is judged */
  readonly prices: readonly CataloguePrice[]
}

/** The catalogues of one facility, already looked up. */
export interface Catalogues {
  /** @returns null where the catalogue has no such code; undefined where the facility keeps no such catalogue */
  find(kind: CatalogueKind, code: string): CatalogueItem | null | undefined
}

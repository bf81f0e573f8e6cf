import type { ClientConfig } from 'pg'

/** A database that is open: our own PostgreSQL or the hospital's. */
export interface Database {
  /** for the record store: may read and write, may not change the schema nor rewrite the log */
  readonly connection: ClientConfig
  /** owner of the schema: for migrations only. Equal to `connection` on a server of the hospital. */
  readonly admin: ClientConfig
  /** the role of `connection`, to which migrations grant */
  readonly appRole: string
  /** as PostgreSQL says it, e.g. "18.4" */
  readonly version: string
  /** ours ends by fast shutdown; a server of the hospital is left alone */
  close(): Promise<void>
}

/** The table of the floors: rows of 2 KB under a primary key, stored as they are. */
import type { ClientConfig } from 'pg'

export const ROW_BYTES = 2000
export const ROWS = 20_000
export const TABLE = 'bare_row'
export const COPIED = 'copied_row'

/** Plain storage of a row that fits a page, as the record log has it: nothing is compressed, nothing is moved out. */
export const CREATE = [TABLE, COPIED].map(
  (table) => `create table ${table} (id bigint primary key, body text not null) with (toast_tuple_target = 8160);
    alter table ${table} alter column body set storage external;`,
)

/** 2 KB of JSON that looks like a record and is different for every row. */
export function rowBody(id: number): string {
  const filler = Array.from({ length: 60 }, (_, i) => ((id * 2_654_435_761 + i * 40_503) >>> 0).toString(36)).join(' ')
  const open = `{"resourceType":"Basic","id":"${id}","text":"${filler} `
  return `${open.padEnd(ROW_BYTES - 2, '.')}"}`
}

/** What a child process of the floors is told. */
export interface FloorTask {
  readonly database: ClientConfig
  readonly connections: number
  readonly warmUp: number
  readonly seconds: number
}

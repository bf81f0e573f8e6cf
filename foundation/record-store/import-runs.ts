/** Dropped files on their way into the record, kept beside it: they outlive the program that was reading them. */
import type { Connections, Sql } from './postgres.ts'
import type { ImportRuns } from './types.ts'

const ADD = 'insert into import_run (facility, id, shown, bytes) values ($1, $2, $3, $4)'
const SHOW = 'update import_run set shown = $3 where facility = $1 and id = $2'
const END = `update import_run set shown = $3, report = $4, bytes = case when $5 then bytes end
  where facility = $1 and id = $2`
const LIST = `select shown, coalesce(octet_length(bytes), 0) from import_run where facility = $1 order by place`
const BYTES = `select encode(bytes, 'base64') from import_run where facility = $1 and id = $2`
const REPORT = 'select report from import_run where facility = $1 and id = $2'
const FORGET = 'delete from import_run where facility = $1 and id = $2'

export function importRuns({ steady }: Connections, facility: number): ImportRuns {
  const run = async (sql: Parameters<Sql['rows']>[0], ...values: readonly unknown[]): Promise<void> =>
    void (await steady.rows(sql, [facility, ...values]))
  const one = async (sql: string, id: string): Promise<string | null> =>
    (await steady.rows(sql, [facility, id]))[0]?.[0] ?? null
  return {
    add: (id, shown, bytes) => run(ADD, id, shown, Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)),
    show: (id, shown) => run(SHOW, id, shown),
    end: (id, { shown, report, keepsBytes }) => run(END, id, shown, report, keepsBytes),
    list: async () =>
      (await steady.rows(LIST, [facility])).map(([shown, held]) => ({ shown: shown ?? '', held: Number(held) })),
    async bytes(id) {
      const text = await one(BYTES, id)
      return text === null ? null : Buffer.from(text, 'base64')
    },
    report: (id) => one(REPORT, id),
    forget: (id) => run(FORGET, id),
  }
}

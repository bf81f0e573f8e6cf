/**
 * The row policies made wrong, one condition at a time: each is put into a real PostgreSQL, and the rows that readers are
 * then shown must differ from what they should see.
 */
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { SYSTEM_FENCE, fenceText } from '#foundation/access-control'
import { destroyDatabase, type Log, migrate, MIGRATIONS, openDatabase } from '#foundation/database'
import type { Mutant } from './mutants.ts'
import { FENCES, fillRows, type FencedTable, TABLES, wrongRows } from './row-matrix.ts'

/** What is taken out of a policy, and what stands there instead. `TABLE` is the policy's table. */
const CHANGES: readonly (readonly [id: string, from: string, to: string])[] = [
  ['any facility', 'facility = (select reader_part(1)::integer)', 'true'],
  ['no limit to patients', '(select reader_part(6)) is null', 'true'],
  ['limited readers do not see their own', 'patient = any ((select reader_part(6)::bigint[])::bigint[])', 'false'],
  ['limited readers see what is nobody’s', '(patient is null and area & 129 <> 0)', 'patient is null'],
  ['limited readers see every directory', '(patient is null and area & 129 <> 0)', 'area & 129 <> 0'],
  ['limited readers see no directory', '(patient is null and area & 129 <> 0)', 'false'],
  ['everybody is the product itself', '(select reader_part(4)::integer) = -1', 'true'],
  ['the product itself needs relations', '(select reader_part(4)::integer) = -1', 'false'],
  ['the product itself sees every area', 'then area & (select reader_part(2)::integer) <> 0', 'then true'],
  ['open areas show labels', 'and s.labels & ~(select reader_part(4)::integer) = 0 then true', 'then true'],
  ['every area is open', 'when area & (select reader_part(2)::integer) <> 0 and', 'when'],
  ['no area is open', 'when area & (select reader_part(2)::integer) <> 0 and', 'when false and'],
  ['relations open every area', 'when area & (select reader_part(3)::integer) = 0 then false', 'when false then false'],
  ['relations open no area', 'when area & (select reader_part(3)::integer) = 0 then false', 'when true then false'],
  ['nobody’s rows show labels', 'is null then s.labels & ~(select reader_part(4)::integer) = 0', 'is null then true'],
  ['nobody’s rows are hidden', 'is null then s.labels & ~(select reader_part(4)::integer) = 0', 'is null then false'],
  ['a relation with anybody’s patient', 'and c.patient = TABLE.patient', ''],
  ['a relation that anybody holds', 'and c.holder = any ((select reader_part(5)::bigint[])::bigint[])', ''],
  ['a relation that is still to come', 'and c.since <= now()', ''],
  ['a relation that is over', 'and c.until > now()', ''],
  ['a relation covers every label', 'and s.labels & ~((select reader_part(4)::integer) | c.labels) = 0', ''],
  ['a relation covers no label', '(select reader_part(4)::integer) | c.labels', '(select reader_part(4)::integer)'],
  ['clearance does not count with a relation', '(select reader_part(4)::integer) | c.labels', 'c.labels'],
  ['no relation is needed', 'limit 1), false)', 'limit 1), true)'],
  ['labels of patients do not count', 'l.subject in (TABLE.patient, TABLE.self)', 'l.subject = TABLE.self'],
  ['labels of resources do not count', 'l.subject in (TABLE.patient, TABLE.self)', 'l.subject = TABLE.patient'],
  ['labels of one of both count', 'coalesce(bit_or(l.labels), 0)', 'coalesce(min(l.labels), 0)'],
]

const silent: Log = { info: () => undefined, warn: () => undefined }

interface Bench {
  readonly admin: pg.Client
  readonly app: pg.Client
  readonly policies: ReadonlyMap<FencedTable, string>
}

/** The condition of each policy as the migration has it. */
async function policiesOf(): Promise<ReadonlyMap<FencedTable, string>> {
  const text = await readFile(join(MIGRATIONS, '0006-fence.sql'), 'utf8')
  const tables = Object.keys(TABLES) as FencedTable[]
  return new Map(
    tables.map((table) => {
      const found = new RegExp(`create policy fence on ${table} for select using \\(\\n(.*?)\\n\\);`, 's').exec(text)
      if (found?.[1] === undefined) throw new Error(`the migration has no policy of ${table}`)
      return [table, found[1]] as const
    }),
  )
}

async function isNoticed({ app }: Bench, table: FencedTable): Promise<boolean> {
  for (const fence of FENCES) if ((await wrongRows(app, table, fence)).length > 0) return true
  return false
}

function changed(table: FencedTable, policy: string, [id, from, to]: (typeof CHANGES)[number]): string {
  const wanted = from.replaceAll('TABLE', table)
  if (!policy.includes(wanted)) throw new Error(`${table}: nothing to change for "${id}"`)
  return policy.replace(wanted, to.replaceAll('TABLE', table))
}

function mutantsOf(bench: Bench, table: FencedTable): readonly Mutant[] {
  const policy = bench.policies.get(table) as string
  const set = (condition: string) => bench.admin.query(`alter policy fence on ${table} using (${condition})`)
  const within = async (change: () => Promise<unknown>, back: () => Promise<unknown>): Promise<boolean> => {
    await change()
    return isNoticed(bench, table).finally(back)
  }
  const run = (sql: string) => () => bench.admin.query(sql)
  return [
    ...CHANGES.map((change) => ({
      id: `${table}: ${change[0]}`,
      isKilled: () =>
        within(
          () => set(changed(table, policy, change)),
          () => set(policy),
        ),
    })),
    {
      id: `${table}: no row policies at all`,
      isKilled: () =>
        within(
          run(`alter table ${table} disable row level security`),
          run(`alter table ${table} enable row level security`),
        ),
    },
    {
      id: `${table}: rows of another facility may be added`,
      isKilled: () => writesElsewhere(bench, table, `alter policy own_facility on ${table} with check (true)`),
    },
  ]
}

/** Whether somebody would notice that rows can be written for another facility. */
async function writesElsewhere({ admin, app }: Bench, table: FencedTable, change: string): Promise<boolean> {
  const attempt = async (): Promise<boolean> => {
    await app.query('begin')
    await app.query(`select set_config('lanh.reader', $1, true)`, [fenceText(1, SYSTEM_FENCE)])
    const written = await app
      .query(`insert into ${table} (facility, self, patient, area, ${TABLES[table]}`, [2, 999, null, 1])
      .then(
        () => true,
        () => false,
      )
    await app.query('rollback')
    return written
  }
  if (await attempt()) throw new Error(`${table}: another facility can be written already`)
  await admin.query(change)
  return attempt().finally(() =>
    admin.query(`alter policy own_facility on ${table} with check (facility = (select reader_part(1)::integer))`),
  )
}

/** Opens a PostgreSQL for the time of `work`. */
export async function withRowMutants<T>(work: (mutants: readonly Mutant[]) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'lanh-mutants-'))
  const database = await openDatabase({ folder, log: silent, settings: { shared_buffers: '64MB' } })
  const admin = new pg.Client(database.admin)
  const app = new pg.Client(database.connection)
  try {
    await migrate({ admin: database.admin, appRole: database.appRole, log: silent })
    await admin.connect()
    await app.connect()
    await fillRows(admin)
    const bench: Bench = { admin, app, policies: await policiesOf() }
    return await work((Object.keys(TABLES) as FencedTable[]).flatMap((table) => mutantsOf(bench, table)))
  } finally {
    await app.end()
    await admin.end()
    await database.close()
    await destroyDatabase(folder)
  }
}

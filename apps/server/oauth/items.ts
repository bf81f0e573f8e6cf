/** What the OAuth server remembers, in PostgreSQL. Secrets are kept as hashes: who reads the table can use none of them. */
import { hash } from 'node:crypto'
import type pg from 'pg'
import type { GrantContext } from './types.ts'

/** Models of oidc-provider, and ours. */
export type Kind = string

/** Kinds whose names are known to everybody; every other id is a secret or derived from one. */
const NAMED: ReadonlySet<Kind> = new Set(['Client', 'Grant', 'Context', 'SigningKey', 'IdentityKey', 'CookieKey'])

export type Payload = Readonly<Record<string, unknown>>

export interface Item {
  readonly payload: Payload
  /** seconds since 1970; null as long as it was not used up */
  readonly consumed: number | null
}

export interface NewItem {
  readonly kind: Kind
  readonly id: string
  readonly payload: Payload
  readonly grant?: string | undefined
  readonly client?: string | undefined
  readonly account?: string | null | undefined
  readonly session?: string | null | undefined
  /** seconds from now; absent: for ever */
  readonly lifetime?: number | undefined
}

/** What stands behind an access token. */
export interface TokenState {
  readonly token: Payload
  /** null for backend services, whose tokens no person granted */
  readonly context: GrantContext | null
}

/** A grant as whoever gave it sees it. */
export interface GivenGrant {
  readonly id: string
  readonly context: GrantContext
  /** scopes by audience, and those that were crossed out */
  readonly resources: Readonly<Record<string, string>> | null
  readonly rejected: Readonly<Record<string, string>> | null
  /** ms since 1970 */
  readonly given: number
  readonly until: number
}

/** Told when a grant or a token is gone, so that nothing cached outlives it in this process. */
export type Forget = (gone: { readonly grant: string } | { readonly token: string }) => void

const key = (kind: Kind, id: string): string => (NAMED.has(kind) ? id : hash('sha256', id, 'base64url'))

const UPSERT = `insert into oauth_item (facility, kind, id, payload, grant_id, client, account, session, expires)
  values ($1, $2, $3, $4, $5, $6, $7, $8, now() + make_interval(secs => $9))
  on conflict (facility, kind, id) do update set
    payload = excluded.payload, grant_id = excluded.grant_id, client = excluded.client, account = excluded.account,
    session = excluded.session, expires = excluded.expires`

const TOKEN_STATE = `select t.payload as token, c.payload as context from oauth_item t
  left join oauth_item c on c.facility = t.facility and c.kind = 'Context' and c.id = t.grant_id
  where t.facility = $1 and t.kind = any ('{AccessToken,ClientCredentials}') and t.id = $2 and t.expires > now()`

export class Items {
  readonly facility: number
  readonly #pool: pg.Pool
  readonly #forget: Forget[] = []

  constructor(pool: pg.Pool, facility: number) {
    this.#pool = pool
    this.facility = facility
  }

  onForgotten(listener: Forget): void {
    this.#forget.push(listener)
  }

  async put(item: NewItem): Promise<void> {
    await this.#pool.query(UPSERT, this.#values(item))
  }

  /** @returns false when there is one already that has not expired: of many at once exactly one gets true */
  async putOnce(item: NewItem): Promise<boolean> {
    const { rowCount } = await this.#pool.query(`${UPSERT} where oauth_item.expires <= now()`, this.#values(item))
    return rowCount === 1
  }

  async find(kind: Kind, id: string): Promise<Item | undefined> {
    const { rows } = await this.#pool.query<{ payload: Payload; consumed: string | null }>(
      `select payload, extract(epoch from consumed) as consumed from oauth_item
       where facility = $1 and kind = $2 and id = $3`,
      [this.facility, kind, key(kind, id)],
    )
    const [row] = rows
    return row && { payload: row.payload, consumed: row.consumed === null ? null : Math.floor(Number(row.consumed)) }
  }

  /** Items of a kind that have not expired, oldest name first. */
  async all(kind: Kind): Promise<readonly { id: string; payload: Payload }[]> {
    const { rows } = await this.#pool.query<{ id: string; payload: Payload }>(
      `select id, payload from oauth_item
       where facility = $1 and kind = $2 and (expires is null or expires > now()) order by id`,
      [this.facility, kind],
    )
    return rows
  }

  /**
   * Uses an item up.
   * @returns its payload for exactly one caller; 'used' for everybody after; undefined where there is none or it expired
   */
  async consume(kind: Kind, id: string): Promise<Payload | 'used' | undefined> {
    const values = [this.facility, kind, key(kind, id)]
    const { rows } = await this.#pool.query<{ payload: Payload }>(
      `update oauth_item set consumed = now() where facility = $1 and kind = $2 and id = $3 and consumed is null
         and (expires is null or expires > now()) returning payload`,
      values,
    )
    if (rows[0]) return rows[0].payload
    return (await this.find(kind, id))?.consumed ? 'used' : undefined
  }

  async remove(kind: Kind, id: string): Promise<void> {
    await this.#pool.query('delete from oauth_item where facility = $1 and kind = $2 and id = $3', [
      this.facility,
      kind,
      key(kind, id),
    ])
    if (kind === 'AccessToken' || kind === 'ClientCredentials') this.#tell({ token: id })
  }

  /** Everything that came of a grant, and the grant. */
  async revokeGrant(grant: string): Promise<void> {
    await this.#pool.query('delete from oauth_item where facility = $1 and grant_id = $2', [this.facility, grant])
    this.#tell({ grant })
  }

  /** Grants of an account, of a session, or of a client. `online`: only those that end with the session. */
  async revokeGrantsOf(column: 'account' | 'session' | 'client', value: string, online = false): Promise<void> {
    const { rows } = await this.#pool.query<{ id: string }>(
      `select id from oauth_item where facility = $1 and kind = 'Context' and ${column} = $2
         and ($3 = false or (payload ->> 'online')::boolean)`,
      [this.facility, value, online],
    )
    for (const { id } of rows) await this.revokeGrant(id)
  }

  /** What an account gave to apps, newest first. */
  async grantsOf(account: string): Promise<readonly GivenGrant[]> {
    const { rows } = await this.#pool.query<GivenGrant>(
      `select c.id, c.payload as context, g.payload -> 'resources' as resources, g.payload -> 'rejected' -> 'resources' as rejected,
              (extract(epoch from c.expires) * 1000)::float8 as until, (g.payload ->> 'iat')::float8 * 1000 as given
         from oauth_item c join oauth_item g on g.facility = c.facility and g.kind = 'Grant' and g.id = c.id
        where c.facility = $1 and c.kind = 'Context' and c.account = $2 and c.expires > now() order by given desc`,
      [this.facility, account],
    )
    return rows
  }

  /** A client with all that it holds. @returns false when there was none */
  async removeClient(client: string): Promise<boolean> {
    await this.revokeGrantsOf('client', client)
    const { rows } = await this.#pool.query<{ kind: Kind }>(
      'delete from oauth_item where facility = $1 and client = $2 returning kind',
      [this.facility, client],
    )
    return rows.some(({ kind }) => kind === 'Client')
  }

  /** What stands behind the access token of this `jti`; undefined when it is revoked, expired, or of another facility. */
  async tokenState(jti: string): Promise<TokenState | undefined> {
    const { rows } = await this.#pool.query<TokenState>(TOKEN_STATE, [this.facility, key('AccessToken', jti)])
    return rows[0]
  }

  async context(grant: string): Promise<GrantContext | undefined> {
    return (await this.find('Context', grant))?.payload as GrantContext | undefined
  }

  /** Deletes what expired a while ago: until then a second use is still told from a first one. */
  async sweep(): Promise<void> {
    await this.#pool.query(`delete from oauth_item where expires < now() - interval '1 hour'`)
  }

  /** One at a time in the whole hospital: for making keys. */
  async alone<T>(work: () => Promise<T>): Promise<T> {
    const client = await this.#pool.connect()
    try {
      await client.query('begin')
      await client.query('select pg_advisory_xact_lock(7237111, $1)', [this.facility])
      return await work()
    } finally {
      await client.query('commit').then(
        () => client.release(),
        (broken: Error) => client.release(broken),
      )
    }
  }

  #values({ kind, id, payload, grant, client, account, session, lifetime }: NewItem): unknown[] {
    const columns = [grant, client, account, session, lifetime].map((value) => value ?? null)
    return [this.facility, kind, key(kind, id), JSON.stringify(payload), ...columns]
  }

  #tell(gone: Parameters<Forget>[0]): void {
    for (const listener of this.#forget) listener(gone)
  }
}

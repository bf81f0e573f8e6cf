/**
 * The portal of Social Insurance as far as a facility can tell: the same addresses, forms and codes over real HTTP. It
 * reads what it gets with our own reader and checks the signature, keeps everything, and can be told to misbehave.
 * @source BHXH letters 3190 of 2023, 1245 and 1923 of 2024
 */
import { hash, randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { judgeCheckIn, type Judgement, judgeFile } from './judge-file.ts'
import { FAKE_ASKERS, FAKE_CARDS, type FakeCard } from './people.ts'

export interface FakeAccount {
  readonly username: string
  readonly password: string
  readonly facility: string
}

/**
 * slow: answers late · drop: closes the connection before anything is kept · drop-after: keeps it and closes the
 * connection · error: 500 · busy: 429 · expired: the token is none
 */
export type Misbehaviour = 'slow' | 'drop' | 'drop-after' | 'error' | 'busy' | 'expired'

export interface FakePortalOptions {
  readonly accounts?: readonly FakeAccount[]
  /** how long a token lasts */
  readonly tokenSeconds?: number
  readonly wantsSignature?: boolean
  /** the cards it knows */
  readonly cards?: readonly FakeCard[]
  /** ms that slow answers take */
  readonly slow?: number
  /** 0: any free port */
  readonly port?: number
}

/** Something that the portal has. */
export interface Received {
  readonly receipt: string
  readonly kind: string
  readonly facility: string
  readonly visits: readonly string[]
  /** the exact file, decoded */
  readonly file: string
}

export interface FakePortal {
  /** without a slash at its end */
  readonly address: string
  readonly received: readonly Received[]
  /** calls of each address since it started */
  readonly calls: ReadonlyMap<string, number>
  /** most files that were being taken in at the same time */
  readonly busiest: number
  /** how the next submissions and look-ups are met, one each */
  misbehave(...next: readonly Misbehaviour[]): void
  close(): Promise<void>
}

export const FAKE_ACCOUNT: FakeAccount = { username: '00901_BV', password: 'mat-khau-thu', facility: '00901' }

const KINDS: Readonly<Record<string, string>> = { guiHoSoXmlQD3176: '130', checkInKcbQd3176: '0' }

/** Starts it on the loopback. */
export async function fakePortal(options: FakePortalOptions = {}): Promise<FakePortal> {
  const portal = new Portal(options)
  const address = await portal.app.listen({ host: '127.0.0.1', port: options.port ?? 0 })
  return {
    address,
    received: portal.received,
    calls: portal.calls,
    get busiest() {
      return portal.busiest
    },
    misbehave: (...next) => void portal.next.push(...next),
    close: () => portal.app.close(),
  }
}

class Portal {
  readonly app: FastifyInstance = fastify({ bodyLimit: 100_000_000, forceCloseConnections: true })
  readonly received: Received[] = []
  readonly calls = new Map<string, number>()
  readonly next: Misbehaviour[] = []
  busiest = 0
  #busy = 0
  readonly #accounts: readonly FakeAccount[]
  readonly #tokens = new Map<string, { readonly id: string; readonly account: FakeAccount; readonly until: number }>()
  readonly #options: FakePortalOptions

  constructor(options: FakePortalOptions) {
    this.#options = options
    this.#accounts = options.accounts ?? [FAKE_ACCOUNT]
    const { app } = this
    app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) =>
      done(null, Object.fromEntries(new URLSearchParams(String(body)))),
    )
    app.addHook('onRequest', async ({ url }) => {
      const path = url.split('?')[0] ?? ''
      this.calls.set(path, (this.calls.get(path) ?? 0) + 1)
    })
    app.post('/api/token/take', async ({ body }) => this.#take(membersOf(body)))
    app.post('/api/egw/KQNhanLichSuKCB2024', (request, reply) => this.#lookUp(request, reply))
    for (const [name, kind] of Object.entries(KINDS)) {
      app.post(`/api/qd130/${name}`, async (request, reply) => {
        this.busiest = Math.max(this.busiest, ++this.#busy)
        return this.#receive(kind, request, reply).finally(() => this.#busy--)
      })
    }
    app.get('/fake/received', async () => ({ received: this.received.map(({ file: _file, ...rest }) => rest) }))
    app.post('/fake/misbehave', async ({ body }) => {
      if (Array.isArray(body)) this.next.push(...(body as Misbehaviour[]))
      return { next: this.next }
    })
  }

  #take({ username, password }: Members): unknown {
    const account = this.#accounts.find((each) => each.username === username && md5(each.password) === password)
    if (!account) return { maKetQua: '401' }
    const until = Date.now() + (this.#options.tokenSeconds ?? 3600) * 1000
    const [access, id] = [randomUUID(), randomUUID()]
    this.#tokens.set(access, { id, account, until })
    const expires = new Date(until).toISOString()
    return {
      maKetQua: '200',
      APIKey: { access_token: access, id_token: id, token_type: 'Bearer', username, expires_in: expires },
    }
  }

  #accountOf(access: string, id: string, passwordHash: string): FakeAccount | null {
    const token = this.#tokens.get(access)
    const isGood = token?.id === id && token.until > Date.now() && md5(token.account.password) === passwordHash
    return token && isGood ? token.account : null
  }

  /** @returns true when the request was dealt with already */
  async #misbehaves(how: Misbehaviour | undefined, reply: FastifyReply): Promise<boolean> {
    if (how === 'slow') await pause(this.#options.slow ?? 2000)
    if (how === 'drop') reply.hijack().raw.destroy()
    if (how === 'error') await reply.code(500).send('Internal Server Error')
    if (how === 'busy') await reply.code(429).send('Too Many Requests')
    if (how === 'expired') await reply.code(401).send({ maKetQua: '401' })
    return how !== undefined && how !== 'slow' && how !== 'drop-after'
  }

  async #lookUp({ query, body }: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    if (await this.#misbehaves(this.next.shift(), reply)) return reply
    const { token = '', id_token = '', password = '' } = membersOf(query)
    if (!this.#accountOf(token, id_token, password)) return { maKetQua: '401' }
    return lookUp(this.#options.cards ?? FAKE_CARDS, membersOf(body))
  }

  async #receive(kind: string, { headers, body }: FastifyRequest, reply: FastifyReply): Promise<unknown> {
    const how = this.next.shift()
    if (how !== 'slow' && (await this.#misbehaves(how, reply))) return reply
    const header = (name: string): string => String(headers[name] ?? '')
    const account = this.#accountOf(header('accesstoken'), header('tokenid'), header('passwordhash'))
    if (!account) return reply.code(401).send({ maKetQua: '401', thongDiep: 'Phiên làm việc hết hạn' })
    const form = membersOf(body)
    const { code, message, visits } = this.#judge(kind, form, account)
    if (code !== '200') return { maKetQua: code, thongDiep: message }
    const receipt = `FAKE${String(this.received.length + 1).padStart(8, '0')}`
    const file = Buffer.from(form.fileHSBase64 ?? '', 'base64').toString('utf8')
    this.received.push({ receipt, kind, facility: account.facility, visits, file })
    if (how === 'drop-after') return reply.hijack().raw.destroy()
    // what is slow is the answer: the file is in already
    if (how === 'slow') await pause(this.#options.slow ?? 2000)
    return { maKetQua: '200', maGiaoDich: receipt, thoiGianTiepNhan: inVietnam(Date.now()), thongDiep: message }
  }

  #judge(kind: string, form: Members, { username, facility }: FakeAccount): Judgement {
    const wrong = (code: '205' | '403', message: string): Judgement => ({ code, message, visits: [] })
    if (form.loaiHoSo !== kind) return wrong('205', 'loaiHoSo không đúng')
    if (form.username !== username || form.maCSKCB !== facility) return wrong('403', 'Không đúng tài khoản của cơ sở')
    if (!/^\d{2}$/.test(form.maTinh ?? '')) return wrong('205', 'maTinh không đúng')
    const base64 = form.fileHSBase64 ?? ''
    return (kind === '0' ? judgeCheckIn : judgeFile)(base64, facility, this.#options.wantsSignature ?? true)
  }
}

function lookUp(
  cards: readonly FakeCard[],
  { maThe = '', hoTen = '', ngaySinh = '', hoTenCb = '', cccdCb = '' }: Members,
): unknown {
  if (maThe === '' || hoTen === '' || ngaySinh === '') return { maKetQua: '205' }
  const asker = FAKE_ASKERS.get(cccdCb)
  if (asker !== hoTenCb) return { maKetQua: asker === undefined ? '054' : '055' }
  const found = cards.find(({ card, personalId }) => card === maThe || personalId === maThe)
  if (!found) return { maKetQua: '050' }
  if (found.name !== hoTen) return { maKetQua: found.name.slice(0, 6) === hoTen.slice(0, 6) ? '061' : '060' }
  if (found.birthDate !== ngaySinh) return { maKetQua: '070' }
  const visit = { maHoSo: '1', maCSKCB: '00902', ngayVao: '202601050800', ngayRa: '202601051000', kqDieuTri: '1' }
  return {
    maKetQua: found.code,
    maThe: found.card,
    hoTen,
    ngaySinh,
    gtTheTu: '01/01/2026',
    gtTheDen: '31/12/2026',
    maDKBD: '00901',
    maKV: '',
    ngayDu5Nam: '01/01/2027',
    maTheMoi: found.newCard ?? null,
    ...(found.newCard ? { gtTheTuMoi: '01/07/2026', gtTheDenMoi: '30/06/2027' } : {}),
    dsLichSuKCB2018: [{ ...visit, tenBenh: 'Viêm họng cấp' }],
    dsLichSuKT2018: [],
  }
}

type Members = Readonly<Record<string, string | undefined>>

const membersOf = (value: unknown): Members => (typeof value === 'object' && value !== null ? (value as Members) : {})

const md5 = (text: string): string => hash('md5', text, 'hex').toUpperCase()

/** yyyyMMddHHmmss */
const inVietnam = (time: number): string => new Date(time + 7 * 3_600_000).toISOString().replace(/\D/g, '').slice(0, 14)

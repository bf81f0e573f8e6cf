import type { FastifyInstance } from 'fastify'
import { Authenticator, type Lies } from './authenticator.ts'

export interface Answer {
  readonly status: number
  readonly body: Readonly<Record<string, unknown>>
  readonly text: string
  readonly headers: Readonly<Record<string, unknown>>
  /** `set-cookie` lines */
  readonly cookies: readonly string[]
}

/** Keeps cookies, says where it comes from, and has an authenticator. */
export class Browser {
  readonly cookies = new Map<string, string>()
  readonly origin: string
  readonly network: string
  readonly authenticator: Authenticator
  readonly #app: () => FastifyInstance

  constructor(app: () => FastifyInstance, origin: string, network: string) {
    this.#app = app
    this.origin = origin
    this.network = network
    this.authenticator = new Authenticator(origin)
  }

  async ask(
    method: 'GET' | 'POST',
    url: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const response = await this.#app().inject({
      method,
      url,
      remoteAddress: this.network,
      headers: {
        host: new URL(this.origin).host,
        ...(method === 'POST' ? { origin: this.origin, 'content-type': 'application/json' } : {}),
        ...(cookie === '' ? {} : { cookie }),
        ...headers,
      },
      ...(body === undefined ? {} : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const cookies = [response.headers['set-cookie'] ?? []].flat()
    for (const line of cookies) this.#keep(line)
    const text = response.body
    const isJson = String(response.headers['content-type']).includes('json')
    return {
      status: response.statusCode,
      body: isJson ? JSON.parse(text) : {},
      text,
      headers: response.headers,
      cookies,
    }
  }

  #keep(line: string): void {
    const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? []
    if (line.includes('Max-Age=0')) this.cookies.delete(name)
    else this.cookies.set(name, value)
  }

  get(url: string, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('GET', url, undefined, headers)
  }

  post(url: string, body: unknown = {}, headers: Record<string, string> = {}): Promise<Answer> {
    return this.ask('POST', url, body, headers)
  }

  /** Signs in by a touch. */
  async touch(lies: Lies = {}, which = -1): Promise<Answer> {
    const { body } = await this.post('/sign-in/passkey/options')
    const response = this.authenticator.show({ challenge: String(body['challenge']) }, lies, which)
    return this.post('/sign-in/passkey', { response })
  }

  /** Makes a passkey where the options and the answer are exchanged. */
  async make(optionsUrl: string, url: string, members: Record<string, unknown>, lies: Lies = {}): Promise<Answer> {
    const { body, status, ...rest } = await this.post(optionsUrl, members)
    if (status !== 200) return { body, status, ...rest }
    const response = this.authenticator.make(
      { challenge: String(body['challenge']), user: body['user'] as { id: string } },
      lies,
    )
    return this.post(url, { ...members, response })
  }
}

import type { FastifyInstance } from 'fastify'
import { afterAll, beforeAll } from 'vitest'
import { buildApp } from '#apps/server'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'

/** The running server of one test file: the real app over the real store in a database of its own. */
export interface FhirServer {
  readonly app: FastifyInstance
  readonly store: RecordStore
  /** one request; the answer with its body read, where there is one */
  request(method: Method, path: string, body?: unknown, headers?: Record<string, string>): Promise<Reply>
}

export type Method = 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export interface Reply {
  readonly status: number
  readonly headers: Readonly<Record<string, string | undefined>>
  readonly text: string
  /** the parsed body; an empty object where there is none */
  readonly body: ReplyBody
}

/** What tests look at in a resource; an absent member reads as undefined, as everywhere in JSON. */
export interface ReplyBody {
  readonly resourceType: string
  readonly id: string
  readonly meta: { readonly versionId: string; readonly lastUpdated: string; readonly tag: readonly unknown[] }
  readonly issue: readonly {
    readonly severity: string
    readonly code: string
    readonly diagnostics: string
    readonly expression?: readonly string[]
    readonly details: { readonly coding: readonly { readonly code: string }[]; readonly text: string }
  }[]
  readonly total: number
  readonly link: readonly { readonly relation: string; readonly url: string }[]
  readonly entry: readonly ReplyEntry[]
  readonly [member: string]: unknown
}

export interface ReplyEntry {
  readonly fullUrl: string
  readonly resource: ReplyBody
  readonly search: { readonly mode: string }
  readonly request: { readonly method: string; readonly url: string }
  readonly response: {
    readonly status: string
    readonly location: string
    readonly etag: string
    readonly lastModified: string
    readonly outcome: ReplyBody
  }
}

/** The address under which tests see the endpoint. */
export const BASE = 'http://localhost/fhir/R4'

/** Call it at the top of a test file; the server is up in `beforeAll` and gone after the last test. */
export function fhirServer(): FhirServer {
  let app: FastifyInstance | undefined
  let store: RecordStore | undefined
  beforeAll(async () => {
    const { connection } = await databaseForTest()
    store = await openStore(connection)
    app = await buildApp({ store })
  })
  afterAll(async () => {
    await app?.close()
    await store?.close()
  })
  return {
    get app() {
      return app!
    },
    get store() {
      return store!
    },
    async request(method, path, body, headers = {}) {
      const content = body === undefined ? {} : { 'content-type': 'application/fhir+json' }
      const response = await app!.inject({
        method,
        url: path.startsWith('/') ? path : `/fhir/R4/${path}`,
        headers: { host: 'localhost', ...content, ...headers },
        ...(body === undefined ? {} : { payload: isRaw(body) ? body : JSON.stringify(body) }),
      })
      const text = response.body
      const json = String(response.headers['content-type'] ?? '').includes('json') && text !== ''
      return {
        status: response.statusCode,
        headers: response.headers as Reply['headers'],
        text,
        body: (json ? JSON.parse(text) : {}) as ReplyBody,
      }
    },
  }
}

const isRaw = (body: unknown): body is string | Buffer => typeof body === 'string' || Buffer.isBuffer(body)

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { type AddressInfo, createServer } from 'node:net'
import { request } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { openStore, type RecordStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import { buildApp } from '../app.ts'
import { openTls } from './open-tls.ts'
import { issueCertificate, makeAuthority } from './own-authority.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanh-https-'))
const files = { tlsCertificate: join(folder, 'chain.pem'), tlsKey: join(folder, 'key.pem') }
const authority = makeAuthority(['emr.example'], new Date())
let store: RecordStore

beforeAll(async () => {
  store = await openStore((await databaseForTest()).connection)
  const { certificate, key } = issueCertificate(authority, ['emr.example'], new Date())
  writeFileSync(files.tlsCertificate, certificate + authority.certificate)
  writeFileSync(files.tlsKey, key.export({ type: 'pkcs8', format: 'pem' }))
  mkdirSync(join(folder, 'acme/.well-known/acme-challenge'), { recursive: true })
  writeFileSync(join(folder, 'acme/.well-known/acme-challenge/a'), 'a.b')
})
afterAll(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

/** A port that was free a moment ago. */
const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo
      probe.close(() => resolve(port))
    })
  })

const settings = { ...files, tlsAcmeFolder: join(folder, 'acme'), origin: 'https://emr.example', host: '127.0.0.1' }

test('the whole server over https, and the door of ACME beside it', async () => {
  const port = await freePort()
  const tls = await openTls({ settings, onProblem: () => undefined, port })
  const app = await buildApp({ store, base: 'https://emr.example/fhir/R4', certificate: tls.certificate! })
  await app.listen({ port: 0, host: '127.0.0.1' })
  await tls.start(app)
  const answer = await new Promise<{ status: number | undefined; hsts: string | undefined }>((resolve, reject) =>
    request(
      {
        host: '127.0.0.1',
        port: (app.server.address() as AddressInfo).port,
        path: '/fhir/R4/metadata',
        servername: 'emr.example',
        ca: authority.certificate,
        headers: { host: 'emr.example' },
        agent: false,
      },
      (found) => {
        found.resume()
        resolve({ status: found.statusCode, hsts: found.headers['strict-transport-security'] })
      },
    )
      .on('error', reject)
      .end(),
  )
  expect(answer).toEqual({ status: 200, hsts: expect.stringContaining('max-age=31536000') })
  const proof = await fetch(`http://127.0.0.1:${port}/.well-known/acme-challenge/a`)
  expect(await proof.text()).toBe('a.b')
  const second = await openTls({ settings, onProblem: () => undefined, port })
  await expect(second.start(app)).rejects.toThrow('cannot be used (EADDRINUSE)')
  await second.close()
  await tls.close()
  await app.close()
  await expect(fetch(`http://127.0.0.1:${port}/`)).rejects.toThrow('fetch failed')
})

test('what does not fit is said before anything listens', async () => {
  const open = (given: Partial<typeof settings>) =>
    openTls({ settings: { ...settings, ...given }, onProblem: () => undefined })
  await expect(open({ origin: '' })).rejects.toThrow('LANH_ORIGIN')
  await expect(open({ tlsKey: '' })).rejects.toThrow('together')
  expect((await open({ tlsCertificate: '', tlsKey: '', tlsAcmeFolder: '' })).certificate).toBeNull()
})

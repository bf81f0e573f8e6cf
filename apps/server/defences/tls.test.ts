import { execFileSync } from 'node:child_process'
import { X509Certificate } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import type { Server as HttpsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect, type ConnectionOptions, type TLSSocket } from 'node:tls'
import fastify, { type FastifyInstance } from 'fastify'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { readSettings } from '../settings.ts'
import { acmeDoor } from './acme-door.ts'
import { keepCertificateFresh, readCertificate } from './certificate.ts'
import { issueCertificate, makeAuthority } from './own-authority.ts'
import { limitConnections, serverOptions } from './server-options.ts'
import { selfSignedCommand } from './tls-command.ts'

const folder = mkdtempSync(join(tmpdir(), 'lanh-tls-'))
const data = join(folder, 'data')
const settings = { tlsCertificate: join(data, 'tls/server.pem'), tlsKey: join(data, 'tls/server-key.pem') }
const authority = () => readFileSync(join(data, 'tls/authority.pem'), 'utf8')
const make = (...names: string[]) => selfSignedCommand({ ...readSettings(new Map(), {}), data }, names)

let app: FastifyInstance
let server: HttpsServer
let port = 0

beforeAll(async () => {
  vi.spyOn(console, 'log').mockImplementation(() => undefined)
  await make('emr.benhvien.example', '10.1.2.3', 'fd00::1')
  app = fastify(serverOptions(await readCertificate(settings)))
  app.get('/', async () => 'ok')
  await app.listen({ port: 0, host: '127.0.0.1' })
  limitConnections(app)
  server = app.server as unknown as HttpsServer
  port = (app.server.address() as AddressInfo).port
})
afterAll(async () => {
  await app.close()
  rmSync(folder, { recursive: true })
  vi.restoreAllMocks()
})

/** What a browser that trusts the authority sees. */
const visit = (options: ConnectionOptions = {}): Promise<{ protocol: string | null; serial: string }> =>
  new Promise((resolve, reject) => {
    const socket: TLSSocket = connect(
      { port, host: '127.0.0.1', servername: 'emr.benhvien.example', ca: authority(), ...options },
      () => {
        resolve({ protocol: socket.getProtocol(), serial: socket.getPeerCertificate().serialNumber })
        socket.destroy()
      },
    )
    socket.on('error', reject)
  })

const OLD = { minVersion: 'TLSv1.1', maxVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' } as const

test('TLS 1.1 and ciphers without forward secrecy are refused', async () => {
  await expect(visit(OLD)).rejects.toThrow(/alert protocol version/)
  for (const ciphers of ['AES128-GCM-SHA256', 'ECDHE-ECDSA-AES128-SHA256'])
    await expect(visit({ maxVersion: 'TLSv1.2', ciphers })).rejects.toThrow(/alert handshake failure/)
  expect((await visit({ maxVersion: 'TLSv1.2' })).protocol).toBe('TLSv1.2')
})

describe('a certificate of the hospital’s own authority', () => {
  test('is trusted for every name it was made for, and the key is read by its owner only', async () => {
    expect((await visit()).protocol).toBe('TLSv1.3')
    for (const name of ['10.1.2.3', 'fd00::1', 'localhost', '127.0.0.1'])
      expect(new X509Certificate(readFileSync(settings.tlsCertificate)).subjectAltName).toContain(
        name === 'fd00::1' ? 'FD00:0:0:0:0:0:0:1' : name,
      )
    await expect(visit({ servername: 'other.example' })).rejects.toThrow("does not match certificate's altnames")
    for (const file of ['server-key.pem', 'authority-key.pem'])
      expect(statSync(join(data, 'tls', file)).mode & 0o777).toBe(0o600)
  })

  test('OpenSSL agrees, and refuses the same authority for any other name', ({ skip }) => {
    const openssl = (...words: string[]) => execFileSync('openssl', words, { encoding: 'utf8', stdio: 'pipe' })
    try {
      openssl('version')
    } catch {
      skip('there is no openssl here')
    }
    const ca = join(data, 'tls/authority.pem')
    const check = ['verify', '-x509_strict', '-purpose', 'sslserver', '-CAfile', ca]
    expect(openssl(...check, '-verify_hostname', 'emr.benhvien.example', settings.tlsCertificate)).toContain('OK')
    const key = openssl('pkey', '-in', join(data, 'tls/authority-key.pem'))
    expect(key).toContain('PRIVATE KEY')
    const now = new Date()
    const ours = makeAuthority(['emr.benhvien.example'], now)
    writeFileSync(join(folder, 'ca.pem'), ours.certificate)
    writeFileSync(join(folder, 'bank.pem'), issueCertificate(ours, ['bank.example'], now).certificate)
    expect(() => openssl('verify', '-CAfile', join(folder, 'ca.pem'), join(folder, 'bank.pem'))).toThrow(
      /permitted subtree/,
    )
  })

  test('is renewed by the same authority; another name needs a new one', async () => {
    const before = authority()
    await make('emr.benhvien.example', '10.1.2.3', 'fd00::1')
    expect(authority()).toBe(before)
    await make('other.benhvien.example')
    expect(authority()).not.toBe(before)
    await make('emr.benhvien.example', '10.1.2.3', 'fd00::1')
  })

  test.each(['*.example', 'a b', '-x', 'http://x', '::ffff:1.2.3.4'])('%s is no name', async (name) => {
    await expect(make(name)).rejects.toThrow('no name or address')
  })
})

describe('renewal while the server runs', () => {
  test('new connections see the new certificate, a pair that does not fit is left alone and said once', async () => {
    const first = await readCertificate(settings)
    // The server may have begun with an older pair of files.
    server.setSecureContext({ cert: first!.chain, key: first!.key })
    const said: string[] = []
    const watching = keepCertificateFresh(server, settings, first!, (sentence) => said.push(sentence), 1e6)
    const before = await visit()
    await watching.look()
    expect((await visit()).serial).toBe(before.serial)
    const key = readFileSync(settings.tlsKey, 'utf8')
    await make('emr.benhvien.example', '10.1.2.3', 'fd00::1')
    const [newChain, newKey] = [readFileSync(settings.tlsCertificate, 'utf8'), readFileSync(settings.tlsKey, 'utf8')]
    writeFileSync(settings.tlsKey, key)
    await watching.look()
    await watching.look()
    expect((await visit()).serial).toBe(before.serial)
    expect(said).toEqual([expect.stringContaining('not the certificate of')])
    writeFileSync(settings.tlsKey, newKey)
    await watching.look()
    expect((await visit()).serial).toBe(new X509Certificate(newChain).serialNumber)
    await expect(visit(OLD)).rejects.toThrow(/alert protocol version/)
    rmSync(settings.tlsKey)
    await watching.look()
    expect((await visit()).protocol).toBe('TLSv1.3')
    expect(said.at(-1)).toContain('cannot be read')
    writeFileSync(settings.tlsKey, newKey)
    watching.stop()
  })

  test('one that ends soon is said', async () => {
    const old = new Date(Date.now() - 815 * 86_400_000)
    const ours = makeAuthority(['localhost'], old)
    const { certificate, key } = issueCertificate(ours, ['localhost'], old)
    const files = { tlsCertificate: join(folder, 'soon.pem'), tlsKey: join(folder, 'soon-key.pem') }
    writeFileSync(files.tlsCertificate, certificate)
    writeFileSync(files.tlsKey, key.export({ type: 'pkcs8', format: 'pem' }))
    const said: string[] = []
    const watching = keepCertificateFresh(
      server,
      files,
      (await readCertificate(files))!,
      (line) => said.push(line),
      1e6,
    )
    await watching.look()
    watching.stop()
    expect(said).toEqual([expect.stringMatching(/ends on \d{4}-\d\d-\d\d$/)])
  })
})

describe('settings that do not fit', () => {
  test.each([
    [{ tlsCertificate: '/a', tlsKey: '' }, 'together'],
    [{ tlsCertificate: '/nowhere', tlsKey: '/nowhere' }, 'cannot be read'],
    [{ ...settings, tlsCertificate: settings.tlsKey }, 'no certificate'],
    [{ ...settings, tlsKey: settings.tlsCertificate }, 'no private key'],
  ])('%o: %s', async (given, sentence) => {
    await expect(readCertificate(given)).rejects.toThrow(sentence)
  })

  test('none at all is plain http', async () => {
    expect(await readCertificate({ tlsCertificate: '', tlsKey: '' })).toBeNull()
    expect(serverOptions(null)).not.toHaveProperty('https')
  })
})

describe('the door of ACME', () => {
  const proofs = join(folder, 'acme')
  const door = acmeDoor({ folder: proofs, origin: 'https://emr.benhvien.example:8443' })
  let address = ''

  beforeAll(async () => {
    mkdirSync(join(proofs, '.well-known/acme-challenge'), { recursive: true })
    writeFileSync(join(proofs, '.well-known/acme-challenge/tok-EN_1'), 'tok-EN_1.thumb')
    writeFileSync(join(proofs, 'secret'), 'secret')
    await new Promise<void>((resolve) => door.listen(0, '127.0.0.1', resolve))
    address = `http://127.0.0.1:${(door.address() as AddressInfo).port}`
  })
  afterAll(() => new Promise((resolve) => door.close(resolve)))
  afterEach(() => door.closeIdleConnections())

  const ask = (path: string, init: RequestInit = {}) => fetch(address + path, { redirect: 'manual', ...init })

  test('serves proofs, and nothing else of the disk', async () => {
    expect(await (await ask('/.well-known/acme-challenge/tok-EN_1')).text()).toBe('tok-EN_1.thumb')
    expect((await ask('/.well-known/acme-challenge/none')).status).toBe(404)
    for (const path of ['/.well-known/acme-challenge/..%2f..%2fsecret', '/.well-known/acme-challenge/', '/secret'])
      expect([path, (await ask(path)).status]).toEqual([path, 308])
  })

  test('everything else goes to our own name by https, without what may name somebody', async () => {
    const found = await ask('/patients/1?name=Nguyễn', { headers: { host: 'evil.example' } })
    expect([found.status, found.headers.get('location')]).toEqual([308, 'https://emr.benhvien.example:8443/patients/1'])
    for (const path of ['//evil.example/x', '/\\evil.example'])
      expect((await ask(path)).headers.get('location')).toMatch(/^https:\/\/emr\.benhvien\.example:8443\//)
    expect((await ask('/sign-in/password', { method: 'POST', body: '{}' })).status).toBe(403)
  })
})

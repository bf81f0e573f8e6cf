import { createServer, type Server } from 'node:http'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { fetchKeys, isPublicAddress } from './fetch-keys.ts'

describe('addresses that are in the hospital or nowhere', () => {
  test.each([
    '127.0.0.1',
    '127.8.8.8',
    '0.0.0.0',
    '10.1.2.3',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '198.18.0.1',
    '224.0.0.1',
    '255.255.255.255',
    '::1',
    '::',
    '::ffff:127.0.0.1',
    '::ffff:8.8.8.8',
    '64:ff9b::7f00:1',
    'fe80::1',
    'fd00::1',
    'fc00::1',
    'ff02::1',
    '2002:7f00:1::',
    '2001:db8::1',
    'localhost',
    '',
  ])('%s', (address) => expect(isPublicAddress(address)).toBe(false))
  test.each(['8.8.8.8', '203.113.131.1', '172.32.0.1', '2606:4700::1111'])('%s is out in the world', (address) =>
    expect(isPublicAddress(address)).toBe(true),
  )
})

describe('fetching', () => {
  let shelf: Server
  let host = ''
  let asked: string[] = []
  beforeAll(async () => {
    shelf = createServer((request, answer) => {
      asked.push(request.url ?? '')
      if (request.url === '/away') return void answer.writeHead(302, { location: '/keys' }).end()
      if (request.url === '/large') return void answer.end('x'.repeat(100_000))
      if (request.url === '/slow') return
      answer.end('{"keys":[]}')
    })
    await new Promise<void>((resolve) => shelf.listen(0, '127.0.0.1', resolve))
    host = `127.0.0.1:${(shelf.address() as { port: number }).port}`
  })
  afterAll(() => {
    shelf.closeAllConnections()
    shelf.close()
  })
  test.each([
    () => `http://${host}/keys`,
    () => `https://${host}/keys`,
    () => `https://localhost:${host.split(':')[1]}/keys`,
    () => 'https://user:secret@keys.example/',
    () => 'https://[::1]/keys',
    () => 'https://2130706433/keys',
    () => 'https://0x7f.1/keys',
    () => 'file:///etc/passwd',
    () => 'nothing',
  ])('refuses before it connects (%#)', async (address) => {
    asked = []
    await expect(fetchKeys(address())).rejects.toMatchObject({ name: 'KeysRefused' })
    expect(asked).toEqual([])
  })
  test('a host that the hospital trusts is asked; where it points to is not', async () => {
    expect(await (await fetchKeys(`http://${host}/keys`, [host])).json()).toEqual({ keys: [] })
    asked = []
    expect((await fetchKeys(`http://${host}/away`, [host])).status).toBe(302)
    expect(asked).toEqual(['/away'])
  })
  test('what is too large or too slow is given up', async () => {
    await expect(fetchKeys(`http://${host}/large`, [host])).rejects.toMatchObject({ name: 'KeysRefused' })
    await expect(fetchKeys(`http://${host}/slow`, [host])).rejects.toThrow(/abort|timeout/i)
  })
})

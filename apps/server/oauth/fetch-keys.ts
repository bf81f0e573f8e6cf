/**
 * Fetches key sets of clients. The address was typed by an administrator, but what it resolves to is a stranger's choice:
 * it is resolved once, private addresses are refused, and the connection goes to exactly what was looked at.
 */
import { lookup } from 'node:dns/promises'
import { request as plainRequest } from 'node:http'
import { request as secureRequest } from 'node:https'
import { BlockList, isIP } from 'node:net'

/** ms */
const PATIENCE = 2500
/** bytes */
const LIMIT = 64 * 1024

const PRIVATE = new BlockList()
for (const [network, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv4')
}
// Of IPv6 only what is handed out to the world is public; what carries an IPv4 address inside is not looked through.
const PUBLIC6 = new BlockList()
PUBLIC6.addSubnet('2000::', 3, 'ipv6')
for (const [network, prefix] of [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
] as const) {
  PRIVATE.addSubnet(network, prefix, 'ipv6')
}

/** Whether an address may be anywhere in the world, and not in this hospital. */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  if (family === 4) return !PRIVATE.check(address, 'ipv4')
  return family === 6 && PUBLIC6.check(address, 'ipv6') && !PRIVATE.check(address, 'ipv6')
}

/** Why a key set is not fetched. Says nothing about what is at the address. */
export class KeysRefused extends Error {
  override readonly name = 'KeysRefused'
}

/**
 * @param trusted hosts (`name` or `name:port`) that may be private and may speak http
 * @returns the answer; redirects are not followed
 * @throws KeysRefused
 */
export async function fetchKeys(address: string, trusted: readonly string[] = []): Promise<Response> {
  const url = URL.parse(address)
  if (!url || url.username + url.password !== '') throw new KeysRefused('not an address of keys')
  const isTrusted = trusted.includes(url.host)
  if (url.protocol !== 'https:' && !(isTrusted && url.protocol === 'http:')) throw new KeysRefused('keys need https')
  const [pinned] = await addressesOf(url.hostname)
  if (!pinned || (!isTrusted && !isPublicAddress(pinned.address))) throw new KeysRefused('a private address')
  return read(url, pinned)
}

interface Pinned {
  readonly address: string
  readonly family: number
}

/** All of them must be public: a name that is both is a trap. */
async function addressesOf(hostname: string): Promise<readonly Pinned[]> {
  const name = hostname.replace(/^\[|\]$/g, '')
  if (isIP(name)) return [{ address: name, family: isIP(name) }]
  const all = await lookup(name, { all: true }).catch(() => [])
  return all.toSorted((a, b) => Number(isPublicAddress(a.address)) - Number(isPublicAddress(b.address)))
}

const read = (url: URL, { address, family }: Pinned): Promise<Response> =>
  new Promise((resolve, reject) => {
    const send = url.protocol === 'https:' ? secureRequest : plainRequest
    const options = {
      // Named so that `all: true` of Node's happy eyeballs gets a list and everybody else one address.
      lookup: (_: string, { all }: { all?: boolean }, done: (...found: never[]) => void) =>
        (done as (...found: unknown[]) => void)(null, all ? [{ address, family }] : address, family),
      signal: AbortSignal.timeout(PATIENCE),
      headers: { accept: 'application/json' },
      agent: false as const,
    }
    const call = send(url, options, (answer) => {
      const chunks: Buffer[] = []
      let size = 0
      answer.on('data', (chunk: Buffer) => {
        size += chunk.length
        if (size > LIMIT) return call.destroy(new KeysRefused('a key set of more than 64 KiB'))
        chunks.push(chunk)
      })
      answer.on('end', () => {
        const { statusCode = 500, headers } = answer
        const cache = headers['cache-control']
        // A redirect is an answer like any other that is not 200: it is refused by whoever reads it.
        const status = statusCode >= 200 && statusCode < 600 ? statusCode : 502
        const body = [204, 205, 304].includes(status) ? null : Buffer.concat(chunks)
        resolve(new Response(body, { status, headers: cache === undefined ? {} : { 'cache-control': cache } }))
      })
      answer.on('error', reject)
    })
    call.on('error', reject)
    call.end()
  })

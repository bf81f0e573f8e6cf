/** Whether an address is inside the hospital's own network. */
import { BlockList, isIP } from 'node:net'

const RANGE = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/
const MOST_REMEMBERED = 10_000

/** @returns whether it can be read as a range of addresses: `10.0.0.0/8` */
export function isRange(range: string): boolean {
  const [, address = '', prefix = ''] = RANGE.exec(range) ?? []
  const family = isIP(address)
  return family !== 0 && Number(prefix) <= (family === 4 ? 32 : 128)
}

/**
 * @param ranges as `isRange` allows
 * @returns tells whether an address lies in one of them; what is no address lies in none
 */
export function insideOf(ranges: readonly string[]): (address: string) => boolean {
  const list = new BlockList()
  for (const range of ranges.filter(isRange)) {
    const [, address, prefix] = RANGE.exec(range) as unknown as [string, string, string]
    list.addSubnet(address, Number(prefix), isIP(address) === 4 ? 'ipv4' : 'ipv6')
  }
  const known = new Map<string, boolean>()
  const look = (address: string): boolean => {
    const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
    const family = isIP(plain)
    return family !== 0 && list.check(plain, family === 4 ? 'ipv4' : 'ipv6')
  }
  return (address) => {
    let inside = known.get(address)
    if (inside === undefined) {
      if (known.size >= MOST_REMEMBERED) known.clear()
      inside = look(address)
      known.set(address, inside)
    }
    return inside
  }
}

/** @source RFC 6901 */

/** @returns the names and indexes of a JSON Pointer; null where it is not one */
export function parsePointer(pointer: string): readonly string[] | null {
  if (pointer === '') return []
  if (!pointer.startsWith('/') || /~(?![01])/.test(pointer)) return null
  return pointer
    .slice(1)
    .split('/')
    .map((token) => token.replaceAll('~1', '/').replaceAll('~0', '~'))
}

/** @returns the index that `token` names in an array of `length` items, one past the end included; -1 otherwise */
export function indexIn(length: number, token: string): number {
  if (token === '-') return length
  if (!/^(0|[1-9]\d{0,9})$/.test(token)) return -1
  const index = Number(token)
  return index <= length ? index : -1
}

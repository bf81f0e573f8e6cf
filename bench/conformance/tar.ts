import { gunzipSync } from 'node:zlib'

const BLOCK = 512
const textAt = (bytes: Buffer, from: number, length: number) =>
  bytes.toString('utf8', from, from + length).replace(/\0[\s\S]*$/, '')

/** The files of a .tar.gz by name, read at once; names of any length (POSIX and GNU). */
export function readTarGz(archive: Uint8Array): ReadonlyMap<string, string> {
  const bytes = gunzipSync(archive)
  const files = new Map<string, string>()
  let longName: string | undefined
  for (let at = 0; at + BLOCK <= bytes.length && bytes[at] !== 0;) {
    const size = parseInt(textAt(bytes, at + 124, 12), 8)
    const kind = String.fromCharCode(bytes[at + 156]!)
    const content = bytes.subarray(at + BLOCK, at + BLOCK + size)
    const prefix = textAt(bytes, at + 345, 155)
    const name = longName ?? (prefix === '' ? '' : `${prefix}/`) + textAt(bytes, at, 100)
    longName = undefined
    if (kind === 'L') longName = textAt(content, 0, size)
    else if (kind === 'x') longName = /\d+ path=(.*)\n/.exec(content.toString('utf8'))?.[1]
    else if (kind === '0' || kind === '\0') files.set(name.replace(/^\.\//, ''), content.toString('utf8'))
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
  return files
}

/** Where heads are copied to: a folder that a superuser of the database does not reach, best on another machine. */
import { createReadStream } from 'node:fs'
import { mkdir, open, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { readHead, type SignedHead } from './head.ts'
import type { AuditKeys } from './keys.ts'

export interface SecondPlace {
  readonly folder: string
  readonly file: string
  /** the last heads that have arrived, some thousand */
  readonly lastHeads: () => Promise<readonly SignedHead[]>
  /** resolves when they are on the disk */
  readonly add: (heads: readonly SignedHead[]) => Promise<void>
}

export const headsFile = (facility: number): string => `heads-${facility}.jsonl`

/** @param keys whose public halves are put there too, for a verifier */
export function secondPlace(folder: string, facility: number, keys: AuditKeys): SecondPlace {
  const file = join(folder, headsFile(facility))
  return {
    folder,
    file,
    lastHeads: () => lastHeadsIn(file),
    async add(heads) {
      await mkdir(folder, { recursive: true })
      await writePublicKeys(folder, keys)
      const handle = await open(file, 'a', 0o644)
      try {
        // A line that a crash left unfinished is ended first; readers pass over it.
        const lines = heads.map(({ line }) => `${line}\n`).join('')
        await handle.appendFile((await endsInside(file)) ? `\n${lines}` : lines)
        await handle.sync()
      } finally {
        await handle.close()
      }
    },
  }
}

const TAIL_BYTES = 1 << 20

async function tailOf(file: string): Promise<string> {
  const handle = await open(file, 'r')
  try {
    const { size } = await handle.stat()
    const length = Math.min(size, TAIL_BYTES)
    const { buffer } = await handle.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString('utf8')
  } finally {
    await handle.close()
  }
}

const endsInside = async (file: string): Promise<boolean> => !/(^|\n)$/.test(await tailOf(file))

async function lastHeadsIn(file: string): Promise<readonly SignedHead[]> {
  const text = await tailOf(file).catch((fault: unknown) => {
    if (isMissing(fault)) return ''
    throw fault
  })
  return text.split('\n').flatMap((line) => readHead(line) ?? [])
}

/** Reads a copy of heads, wherever it was kept. Lines that are no heads (one that was never finished) are passed over. */
export async function* headsIn(file: string): AsyncGenerator<SignedHead> {
  for await (const line of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const head = readHead(line)
    if (head !== null) yield head
  }
}

const isMissing = (fault: unknown): boolean => fault instanceof Error && 'code' in fault && fault.code === 'ENOENT'

async function writePublicKeys(folder: string, { publicKeys }: AuditKeys): Promise<void> {
  for (const [id, jwk] of publicKeys) {
    const text = `${JSON.stringify({ ...jwk, kid: id, alg: 'ES256', use: 'sig' })}\n`
    await writeFile(join(folder, `key-${id}.json`), text, { flag: 'wx' }).catch((fault: unknown) => {
      if (!(fault instanceof Error && 'code' in fault && fault.code === 'EEXIST')) throw fault
    })
  }
}

import { createReadStream } from 'node:fs'
import { open, readFile } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip, gunzipSync } from 'node:zlib'

const CHUNK = 256 * 1024

/** Files up to this size, and their content up to the second, are read once and kept. */
const KEPT = 8 * 2 ** 20
const KEPT_CONTENT = 64 * 2 ** 20

/** Gives the content from its beginning, as often as it is called. @param onRead told the bytes of the file gone through */
export type Reader = (onRead?: (bytes: number) => void) => AsyncIterable<Buffer>

/**
 * The content of a file, unpacked when it is gzip (known by its first bytes, whatever the name is). Small files are kept
 * in memory; large ones are read anew each time and never stand there.
 * @throws the system's error, or zlib's when the file is cut off or damaged
 */
export async function readerOf(path: string, size: number): Promise<Reader> {
  if (size > KEPT) return (onRead) => stream(path, onRead)
  const bytes = await readFile(path)
  const content = isGzip(bytes) ? unpack(bytes) : bytes
  return content === null ? (onRead) => stream(path, onRead) : readerOfBytes(content, size)
}

/** For content that is in memory. @param size what `onRead` is told when it was gone through */
export const readerOfBytes = (content: Buffer, size = content.length): Reader =>
  async function* (onRead) {
    yield content
    onRead?.(size)
  }

/** @returns null when the content is too large to be kept */
function unpack(bytes: Buffer): Buffer | null {
  try {
    return gunzipSync(bytes, { maxOutputLength: KEPT_CONTENT })
  } catch (error) {
    if (error instanceof RangeError) return null
    throw error
  }
}

async function* stream(path: string, onRead?: (bytes: number) => void): AsyncGenerator<Buffer> {
  const file = counted(createReadStream(path, { highWaterMark: CHUNK }), onRead)
  if (!isGzip(await firstBytes(path))) {
    yield* file
    return
  }
  const content = createGunzip({ chunkSize: CHUNK })
  // Errors of either stream come out of the last one.
  pipeline(file, content, () => undefined)
  yield* content
}

async function* counted(file: AsyncIterable<Buffer>, onRead?: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of file) {
    onRead?.(chunk.length)
    yield chunk
  }
}

const isGzip = (bytes: Buffer): boolean => bytes[0] === 0x1f && bytes[1] === 0x8b

/** Whether a file is named as gzip and is none. */
export const isMisnamedGzip = async (path: string): Promise<boolean> =>
  /\.gz$/i.test(path) && !isGzip(await firstBytes(path))

async function firstBytes(path: string): Promise<Buffer> {
  const handle = await open(path)
  try {
    return (await handle.read(Buffer.alloc(2), 0, 2, 0)).buffer
  } finally {
    await handle.close()
  }
}

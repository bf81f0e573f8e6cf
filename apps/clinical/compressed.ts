import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import type { Plugin } from 'vite'

const TEXT = /\.(js|css|svg|html)$/
/** Below this a compressed copy saves less than its own headers. */
const WORTHWHILE = 1_000

/** Lays a `.br` and a `.gz` beside every text file of a build, so that the server compresses nothing while it serves. */
export function compressed(): Plugin {
  let folder = ''
  return {
    name: 'lanh-compressed',
    apply: 'build',
    configResolved: ({ build }) => {
      folder = build.outDir
    },
    async closeBundle() {
      const files = (await readdir(folder, { recursive: true })).filter((name) => TEXT.test(name))
      await Promise.all(files.map((name) => compress(join(folder, name))))
    },
  }
}

async function compress(path: string): Promise<void> {
  const bytes = await readFile(path)
  if (bytes.length < WORTHWHILE) return
  await Promise.all([
    promisify(brotliCompress)(bytes).then((small) => writeFile(`${path}.br`, small)),
    promisify(gzip)(bytes, { level: 9 }).then((small) => writeFile(`${path}.gz`, small)),
  ])
}

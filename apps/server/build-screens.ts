import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readdir, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { PROJECT } from './settings.ts'

/** What the screens are made of. */
const SOURCES = ['apps/clinical', 'hospital', 'obligations', 'fhir', 'package-lock.json']

/** Where the built screens are. */
export const SCREENS = join(PROJECT, 'dist/clinical')

/**
 * Builds the screens unless they are built and no source is newer. They are built beside the old ones and swapped in,
 * so that whatever interrupts the build, what is served is whole.
 * @param onBegin called when there is something to build
 * @param signal ends the build
 */
export async function buildScreens({
  onBegin,
  signal,
}: { onBegin?: () => void; signal?: AbortSignal } = {}): Promise<void> {
  const built = await stat(join(SCREENS, 'index.html')).catch(() => null)
  if (built && built.mtimeMs >= (await newestOf(SOURCES.map((path) => join(PROJECT, path))))) return
  onBegin?.()
  const draft = `${SCREENS}.${process.pid}`
  try {
    await runVite(draft, signal)
    await rm(SCREENS, { recursive: true, force: true })
    await rename(draft, SCREENS)
  } finally {
    await rm(draft, { recursive: true, force: true })
  }
}

/** In a process of its own: the builder's memory goes when it is done. */
function runVite(folder: string, signal: AbortSignal | undefined): Promise<void> {
  const vite = join(PROJECT, 'node_modules/vite/bin/vite.js')
  const screens = join(PROJECT, 'apps/clinical')
  return new Promise((resolve, reject) => {
    let printed = ''
    const child = spawn(process.execPath, [vite, 'build', screens, '--outDir', folder, '--logLevel', 'warn'], {
      cwd: PROJECT,
      signal,
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text: Buffer) => (printed += text.toString()))
    child.on('error', reject)
    child.on('close', (code) => {
      if (code === 0 && existsSync(join(folder, 'index.html'))) resolve()
      else reject(new Error(`The screens could not be built:\n${printed}`))
    })
  })
}

/** Time of the latest change below these paths, ms since 1970. */
async function newestOf(paths: readonly string[]): Promise<number> {
  const times = await Promise.all(
    paths.map(async (path) => {
      const found = await stat(path).catch(() => null)
      if (!found?.isDirectory()) return found?.mtimeMs ?? 0
      const inside = (await readdir(path)).map((name) => join(path, name))
      return Math.max(found.mtimeMs, await newestOf(inside))
    }),
  )
  return Math.max(0, ...times)
}

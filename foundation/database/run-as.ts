import { readFile, stat } from 'node:fs/promises'
import { spawn } from 'node:child_process'
import { DatabaseProblem } from './problem.ts'

/** Spawn options: empty when we are not root, because then PostgreSQL simply runs as we do. */
export interface RunAs {
  readonly uid?: number
  readonly gid?: number
}

/** Tried in this order when we are root, which PostgreSQL refuses to be. A hospital may create `lanh` for us. */
const CANDIDATES = ['lanh', 'postgres', 'nobody']

/**
 * Who PostgreSQL runs as. Data that exist decide by their owner, so that a user created later changes nothing.
 * @param data the cluster's folder, which may not exist yet
 */
export async function chooseRunAs(data: string): Promise<RunAs> {
  if (process.getuid?.() !== 0) return {}
  const owner = await stat(data).catch(() => null)
  if (owner && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid }
  const users = await readFile('/etc/passwd', 'utf8').catch(() => '')
  const byName = new Map(users.split('\n').map((line) => [line.split(':')[0], line.split(':')] as const))
  for (const name of CANDIDATES) {
    const [, , uid, gid] = byName.get(name) ?? []
    if (Number(uid) > 0) return { uid: Number(uid), gid: Number(gid) }
  }
  throw new DatabaseProblem(
    `PostgreSQL does not run as root and none of the users ${CANDIDATES.join(', ')} exists: create one, or run lanh as another user`,
  )
}

/** Runs a program to its end as that user. @returns exit code (null when it could not run) and all it printed */
export function run(
  program: string,
  args: readonly string[],
  as: RunAs,
): Promise<{ code: number | null; printed: string }> {
  return new Promise((resolve) => {
    let printed = ''
    // The working folder must be one that the other user can enter.
    const child = spawn(program, args, { ...as, cwd: '/', env: cleanEnvironment(), stdio: ['ignore', 'pipe', 'pipe'] })
    child.stdout.setEncoding('utf8').on('data', (text: string) => (printed += text))
    child.stderr.setEncoding('utf8').on('data', (text: string) => (printed += text))
    child.on('error', (error) => resolve({ code: null, printed: error.message }))
    child.on('close', (code) => resolve({ code, printed }))
  })
}

/** Nothing of the caller's environment (PGDATA, LC_ALL, LD_LIBRARY_PATH …) may change what our PostgreSQL does. */
export const cleanEnvironment = (): NodeJS.ProcessEnv => ({
  PATH: '/usr/local/bin:/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
})

/** Whether that user can enter the folder; asked by trying, because modes, ACLs and mounts all have a say. */
export const canEnter = async (folder: string, as: RunAs): Promise<boolean> =>
  as.uid === undefined || (await run('/bin/sh', ['-c', 'cd "$1"', 'sh', folder], as)).code === 0

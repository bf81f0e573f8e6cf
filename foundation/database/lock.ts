import { readFileSync } from 'node:fs'
import { link, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { codeOf, DatabaseProblem, FolderInUse } from './problem.ts'

/** Gives the folder back. */
export type Release = () => Promise<void>

/**
 * Takes the folder for this process. A lock whose process is gone (killed, machine restarted) is taken over; process
 * numbers are reused, so the moment the process started is part of its identity.
 */
export async function lockFolder(folder: string): Promise<Release> {
  const file = join(folder, 'in-use-by')
  const mine = await identityOf(process.pid)
  const draft = `${file}.${process.pid}`
  await writeFile(draft, mine, { mode: 0o600 })
  try {
    for (let attempt = 0; attempt < 20; attempt++) {
      if (await claim(draft, file))
        return async () => {
          if ((await readFile(file, 'utf8').catch(() => '')) === mine) await rm(file, { force: true })
        }
      const holder = await readFile(file, 'utf8').catch(() => '')
      if (await isAlive(holder)) {
        throw new FolderInUse(
          `${folder} is in use by another lanh (process ${holder.split(' ')[0]}): stop it, or choose another folder with --data`,
        )
      }
      // Removed only while it still names the dead one: whoever was faster has put a living name there.
      if ((await readFile(file, 'utf8').catch(() => '')) === holder) await rm(file, { force: true })
    }
    throw new DatabaseProblem(`${file} cannot be taken: several lanh start on this folder at once`)
  } finally {
    await rm(draft, { force: true })
  }
}

/** `link` creates the name with its content in one step, or fails because the name exists. */
const claim = (draft: string, file: string): Promise<boolean> =>
  link(draft, file).then(
    () => true,
    (error: unknown) => {
      if (codeOf(error) === 'EEXIST') return false
      throw error
    },
  )

async function identityOf(pid: number): Promise<string> {
  return `${pid} ${await startOf(pid)}`
}

async function isAlive(identity: string): Promise<boolean> {
  const [pid, start] = identity.split(' ')
  if (!isRunning(Number(pid))) return false
  return (await startOf(Number(pid))) === start
}

/** Clock ticks since boot, from /proc/<pid>/stat; 0 where there is no /proc */
async function startOf(pid: number): Promise<string> {
  const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '')
  // The command's name stands in parentheses and may contain spaces; field 22 is the twentieth after it.
  return text.slice(text.lastIndexOf(')') + 2).split(' ')[19] ?? '0'
}

/** Whether a process of that number runs, ours or not. One that ended and was not yet collected does not run. */
export function isRunning(pid: number): boolean {
  if (!(pid > 0)) return false
  try {
    process.kill(pid, 0)
  } catch (error) {
    if (codeOf(error) !== 'EPERM') return false
  }
  return stateOf(pid) !== 'Z'
}

function stateOf(pid: number): string {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return text.charAt(text.lastIndexOf(')') + 2)
  } catch {
    return ''
  }
}

import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../apps/server/cli.ts', import.meta.url))

/** A command of the product, run as a person runs it. */
export interface Running {
  readonly child: ChildProcess
  /** everything printed so far */
  readonly printed: { out: string; err: string }
  /** resolves with the first match in what it prints; rejects when it ends without */
  says(pattern: RegExp): Promise<RegExpExecArray>
  /** the exit code, or the signal that killed it */
  readonly ended: Promise<number | NodeJS.Signals | null>
}

/** @param environment added to a clean one: no settings of the caller count */
export function runLanh(words: readonly string[], environment: NodeJS.ProcessEnv = {}): Running {
  const { PATH, HOME, TMPDIR } = process.env
  const env = { PATH, HOME, TMPDIR, ...environment }
  const child = spawn(process.execPath, [CLI, ...words], { env, stdio: ['ignore', 'pipe', 'pipe'] })
  const printed = { out: '', err: '' }
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) =>
    child.on('close', (code, signal) => resolve(code ?? signal)),
  )
  child.stdout.on('data', (text: Buffer) => (printed.out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (printed.err += text.toString()))
  const says = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const found = pattern.exec(printed.out) ?? pattern.exec(printed.err)
        if (found) resolve(found)
      }
      child.stdout.on('data', look)
      child.stderr.on('data', look)
      void ended.then((how) => reject(new Error(`it ended (${how}) without saying ${pattern}: ${printed.err}`)))
      look()
    })
  return { child, printed, says, ended }
}

/** Runs it to its end. */
export async function lanh(
  words: readonly string[],
  environment?: NodeJS.ProcessEnv,
): Promise<{ code: number | NodeJS.Signals | null; out: string; err: string }> {
  const running = runLanh(words, environment)
  return { code: await running.ended, ...running.printed }
}

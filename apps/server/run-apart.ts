import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('./cli.ts', import.meta.url))

/** A command of the product that runs beside this process. */
export interface Apart {
  /** rejects when the command fails */
  readonly done: Promise<void>
  /** ends it, and waits until it has ended */
  stop(): Promise<void>
}

/** Runs `lanh …` in a process of its own, so that the memory of heavy work is given back. It dies with us. */
export function runApart(words: readonly string[]): Apart {
  const child = spawn(process.execPath, [CLI, ...words], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
  const ended = new Promise<number | null>((resolve, reject) => child.on('error', reject).on('exit', resolve))
  const done = ended.then((code) => {
    if (code !== 0) throw new Error(`lanh ${words[0]} failed`)
  })
  done.catch(() => undefined)
  return { done, stop: () => stop(child, ended) }
}

async function stop(child: ChildProcess, ended: Promise<unknown>): Promise<void> {
  child.kill('SIGTERM')
  await ended.catch(() => undefined)
}

/** Processes of the bench: started with this Node.js, ended by their own id, their last words kept for the report. */
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { cpuOf, peakMemoryOf } from './process-meter.ts'

export const ROOT = join(import.meta.dirname, '..')

export interface Child {
  readonly process: ChildProcess
  readonly pid: number
  /** everything it printed so far */
  printed(): string
  /** asks it to end and waits; kills it when it does not within 30 s */
  stop(): Promise<void>
}

export interface Ended {
  readonly printed: string
  readonly seconds: number
  /** milliseconds of CPU and MB of memory, as last seen; a process that ends between two looks loses a little */
  readonly cpu: number
  readonly peakMemory: number
}

const LOOK_EVERY = 50

/** @param file path from the root of the project */
export function startChild(
  file: string,
  args: readonly string[],
  options: { env?: Readonly<Record<string, string>>; execArgv?: readonly string[] } = {},
): Child {
  const child = fork(join(ROOT, file), args, {
    cwd: ROOT,
    env: { ...process.env, ...options.env },
    // The flags that the product is run with are those this process was started with.
    execArgv: [...process.execArgv, ...(options.execArgv ?? [])],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  let printed = ''
  child.stdout?.on('data', (text: Buffer) => (printed += text.toString()))
  child.stderr?.on('data', (text: Buffer) => (printed += text.toString()))
  const isOver = (): boolean => child.exitCode !== null || child.signalCode !== null
  return {
    process: child,
    pid: child.pid ?? 0,
    printed: () => printed,
    async stop() {
      if (isOver()) return
      const exit = once(child, 'exit')
      child.kill('SIGTERM')
      const patience = setTimeout(() => child.kill('SIGKILL'), 30_000)
      await exit
      clearTimeout(patience)
    },
  }
}

/** Waits until it ends by itself. @throws when its exit code is not 0 */
export async function untilEnded(child: Child, began: number): Promise<Ended> {
  let cpu = 0
  let peakMemory = 0
  const look = setInterval(() => {
    cpu = cpuOf(child.pid).get(child.pid) ?? cpu
    peakMemory = peakMemoryOf(child.pid) || peakMemory
  }, LOOK_EVERY)
  await once(child.process, 'close')
  clearInterval(look)
  if (child.process.exitCode !== 0) throw new Error(`a process of the bench failed:\n${child.printed().slice(-2000)}`)
  return { printed: child.printed(), seconds: (performance.now() - began) / 1000, cpu, peakMemory }
}

/** The first message the child sends. @throws when it ends before */
export async function firstMessage<T>(child: Child): Promise<T> {
  const [message] = await Promise.race([
    once(child.process, 'message'),
    once(child.process, 'exit').then(() => {
      throw new Error(`a process of the bench ended early:\n${child.printed().slice(-2000)}`)
    }),
  ])
  return message as T
}

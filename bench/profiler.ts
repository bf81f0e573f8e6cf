/**
 * CPU profiles of the running server, one for each workload, through Node's inspector.
 * @source https://chromedevtools.github.io/devtools-protocol/v8/Profiler/
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export interface Profiler {
  /** profiles the server while `work` runs and writes `<name>.cpuprofile` */
  during<T>(name: string, work: () => Promise<T>): Promise<T>
  close(): void
}

/** Does nothing: for runs without profiles. */
export const noProfiler: Profiler = { during: (_, work) => work(), close: () => {} }

interface Reply {
  readonly id: number
  readonly result?: { readonly profile?: unknown }
}

/** @param address ws://… that a server started with --inspect prints */
export async function openProfiler(address: string, folder: string): Promise<Profiler> {
  mkdirSync(folder, { recursive: true })
  const socket = new WebSocket(address)
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve)
    socket.addEventListener('error', () => reject(new Error('the inspector of the server cannot be reached')))
  })
  const waiting = new Map<number, (reply: Reply) => void>()
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as Reply
    waiting.get(reply.id)?.(reply)
  })
  let asked = 0
  const ask = (method: string, params = {}): Promise<Reply> =>
    new Promise((resolve) => {
      asked += 1
      waiting.set(asked, resolve)
      socket.send(JSON.stringify({ id: asked, method, params }))
    })
  await ask('Profiler.enable')
  await ask('Profiler.setSamplingInterval', { interval: 500 })
  return {
    async during(name, work) {
      await ask('Profiler.start')
      try {
        return await work()
      } finally {
        const { result } = await ask('Profiler.stop')
        const file = `${name.replaceAll(/[^\w$]+/g, '-')}.cpuprofile`
        writeFileSync(join(folder, file), JSON.stringify(result?.profile))
      }
    },
    close: () => socket.close(),
  }
}

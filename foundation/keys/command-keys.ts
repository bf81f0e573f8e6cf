/**
 * Keys that somebody else's program keeps: one that speaks PKCS#11 to an HSM, or with a KMS. It runs as long as we do and
 * answers a line of JSON with a line of JSON; no key ever comes through.
 *
 * | asked                                                     | answered                                |
 * | --------------------------------------------------------- | --------------------------------------- |
 * | `{id, do: "keys"}`                                        | `{id, keys: [{purpose, version, made}]}` |
 * | `{id, do: "wrap", purpose, bytes, context}`               | `{id, version, bytes}`                  |
 * | `{id, do: "unwrap", purpose, version, bytes, context}`    | `{id, bytes}`                           |
 * | `{id, do: "mac", bytes, version?}`                        | `{id, version, bytes}`                  |
 * | `{id, do: "sign", bytes}`                                 | `{id, key, bytes}`: thumbprint, r ‖ s   |
 * | `{id, do: "public-keys"}`                                 | `{id, keys: [JWK]}`, oldest first       |
 * | `{id, do: "rotate", purpose}`                             | `{id, version}`                         |
 * | `{id, do: "destroy", purpose, version}`                   | `{id}`                                  |
 *
 * `bytes` is base64. `{id, error}` refuses; its sentence is not repeated, for it may say too much.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import type { JsonWebKey } from 'node:crypto'
import { createInterface } from 'node:readline'
import { thumbprint } from './hashes.ts'
import { type KeyFacts, KeyProblem, type KeyProvider } from './types.ts'

export interface CommandKeys extends KeyProvider {
  close(): Promise<void>
}

interface Answer {
  readonly id: number
  readonly error?: string
  readonly version?: number
  readonly bytes?: string
  readonly key?: string
  readonly keys?: readonly unknown[]
}

type Waiting = Map<number, { resolve: (answer: Answer) => void; reject: (fault: KeyProblem) => void }>

/** An HSM that takes longer is one that does not answer. */
const PATIENCE_MS = 10_000

/** @param command program and its arguments; it gets no environment of ours but PATH */
export function openCommandKeys(command: readonly [string, ...string[]], patience = PATIENCE_MS): CommandKeys {
  const waiting: Waiting = new Map()
  let child: ChildProcess | null = null
  let last = 0

  function program(): ChildProcess {
    child ??= begin(command, waiting, () => (child = null))
    return child
  }

  const ask = (what: Record<string, unknown>): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const id = (last += 1)
      const late = setTimeout(
        () => waiting.get(id)?.reject(new KeyProblem('the program of the keys does not answer')),
        patience,
      )
      const done =
        <T>(work: (given: T) => void) =>
        (given: T): void => {
          clearTimeout(late)
          waiting.delete(id)
          work(given)
        }
      waiting.set(id, { resolve: done(resolve), reject: done(reject) })
      program().stdin?.write(`${JSON.stringify({ id, ...what })}\n`)
    })

  const text = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
  const bytesIn = ({ bytes }: Answer): Buffer => Buffer.from(present(bytes), 'base64')

  return {
    keys: async () => present((await ask({ do: 'keys' })).keys) as readonly KeyFacts[],
    async wrap(purpose, bytes, context) {
      const answer = await ask({ do: 'wrap', purpose, bytes: text(bytes), context })
      return { version: present(answer.version), bytes: bytesIn(answer) }
    },
    unwrap: async (purpose, { version, bytes }, context) =>
      bytesIn(await ask({ do: 'unwrap', purpose, version, bytes: text(bytes), context })),
    async mac(bytes, version) {
      const answer = await ask({ do: 'mac', bytes: text(bytes), version })
      return { version: present(answer.version), code: bytesIn(answer) }
    },
    async sign(bytes) {
      const answer = await ask({ do: 'sign', bytes: text(bytes) })
      return { id: present(answer.key), signature: bytesIn(answer) }
    },
    async publicKeys() {
      const keys = present((await ask({ do: 'public-keys' })).keys) as readonly JsonWebKey[]
      return new Map(keys.map((key) => [thumbprint(key), key]))
    },
    rotate: async (purpose) => present((await ask({ do: 'rotate', purpose })).version),
    destroy: async (purpose, version) => void (await ask({ do: 'destroy', purpose, version })),
    async close() {
      const running = child
      if (running === null) return
      const ended = new Promise((resolve) => running.once('close', resolve))
      running.stdin?.end()
      running.kill()
      await ended
    },
  }
}

function present<T>(value: T | undefined): T {
  if (value === undefined) throw new KeyProblem('the program of the keys answered without what was asked')
  return value
}

/** @param onEnd it is begun anew at the next question */
function begin([file, ...words]: readonly [string, ...string[]], waiting: Waiting, onEnd: () => void): ChildProcess {
  const child = spawn(file, words, { stdio: ['pipe', 'pipe', 'ignore'], env: { PATH: process.env['PATH'] } })
  let isLost = false
  const lose = () => {
    // Said twice where it could not be begun; by then the next one may be running.
    if (isLost) return
    isLost = true
    onEnd()
    for (const { reject } of waiting.values()) reject(new KeyProblem('the program of the keys has ended'))
  }
  child.once('error', lose)
  child.once('close', lose)
  // A question to a program that has just ended is answered by its end.
  child.stdin?.on('error', () => undefined)
  createInterface({ input: child.stdout! }).on('line', (line) => {
    const answer = answerIn(line)
    const asked = answer && waiting.get(answer.id)
    if (!asked) return
    if (answer.error === undefined) asked.resolve(answer)
    else asked.reject(new KeyProblem('the program of the keys refuses'))
  })
  return child
}

function answerIn(line: string): Answer | null {
  try {
    return JSON.parse(line) as Answer
  } catch {
    return null
  }
}

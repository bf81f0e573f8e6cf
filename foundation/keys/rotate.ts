import { setTimeout as pause } from 'node:timers/promises'
import type { KeyProvider, Purpose } from './types.ts'
import type { Vault } from './vault.ts'

export interface Rotated {
  /** new version by purpose */
  readonly versions: ReadonlyMap<Purpose, number>
  /** data keys that were wrapped anew */
  readonly rewrapped: number
  /** data keys that opened with no key of ours: somebody changed them */
  readonly broken: number
  /** versions of `records` that were destroyed */
  readonly destroyed: readonly number[]
}

/**
 * Not among them: `blind-index`, whose codes cannot be computed anew without the values. Old versions of `secrets` are
 * kept, for what they seal lies in tables that others write.
 */
const ROTATED: readonly Purpose[] = ['records', 'secrets', 'audit-heads']

/** A process that has begun to wrap with the old key has ended by then. */
const GRACE_MS = 2000

/**
 * New keys, and every data key under them.
 * @param destroyOld also destroys keys of `records` that wrap nothing any more: what is sealed in backups from before opens no more
 */
export async function rotateKeys(
  keys: KeyProvider,
  vault: Vault,
  { destroyOld, onProgress }: { destroyOld: boolean; onProgress?: (done: number) => void },
): Promise<Rotated> {
  const versions = new Map<Purpose, number>()
  for (const purpose of ROTATED) versions.set(purpose, await keys.rotate(purpose))
  const first = await vault.rewrap(onProgress)
  if (!destroyOld) return { versions, ...first, destroyed: [] }
  await pause(GRACE_MS)
  const second = await vault.rewrap()
  const used = await vault.usage()
  const newest = versions.get('records')
  const destroyed: number[] = []
  for (const { purpose, version } of await keys.keys()) {
    if (purpose !== 'records' || version === newest || used.has(version)) continue
    await keys.destroy(purpose, version)
    destroyed.push(version)
  }
  return { versions, rewrapped: first.rewrapped + second.rewrapped, broken: second.broken, destroyed }
}

import type pg from 'pg'
import { openTables } from './database.ts'
import type { Sealer } from './sealer.ts'
import { sessionCache } from './session-cache.ts'
import type { SignIn } from './types.ts'

export interface SignInOptions {
  /** the facility whose accounts these are */
  readonly facility?: number
  /** what secrets are sealed with, such as `fileSealer` */
  readonly sealer: Sealer
  /** accounts of one click; only for the demo hospital on loopback */
  readonly demo?: boolean
  /** for tests */
  readonly now?: () => Date
}

/** @param connection as the app has it; its schema is migrated already */
export function openSignIn(connection: pg.PoolConfig, options: SignInOptions): SignIn {
  const { facility = 1, sealer, demo = false, now = () => new Date() } = options
  const cache = sessionCache()
  return { ...openTables(connection, cache.forget), facility, sealer, demo, now, cache }
}

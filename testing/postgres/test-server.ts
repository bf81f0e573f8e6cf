import type { ClientConfig } from 'pg'

/** The PostgreSQL of this test run, as the global set-up hands it to the test files. */
export interface TestServer {
  readonly connection: ClientConfig
  readonly admin: ClientConfig
  readonly appRole: string
  readonly version: string
  /** the migrated database that copies are made of */
  readonly template: string
}

export const TEMPLATE = 'lanh_template'

declare module 'vitest' {
  export interface ProvidedContext {
    postgres: TestServer
  }
}

/**
 * Something the person who starts the product can put right: a full disk, a used folder, an unreachable server.
 * The message is one sentence, shown as it is; the command line exits with 1.
 */
export class DatabaseProblem extends Error {
  override readonly name: string = 'DatabaseProblem'
}

/** Another living process owns the folder. */
export class FolderInUse extends DatabaseProblem {
  override readonly name = 'FolderInUse'
}

/** Where progress and surprises go; pino's logger fits. Never receives patient data. */
export interface Log {
  info(message: string): void
  warn(message: string): void
}

/** The text of anything that was thrown. */
export const reasonOf = (thrown: unknown): string => (thrown instanceof Error ? thrown.message : String(thrown))

/** The system's error code (ENOENT, ECONNREFUSED …) of anything that was thrown, or '' */
export const codeOf = (thrown: unknown): string =>
  thrown instanceof Error && 'code' in thrown && typeof thrown.code === 'string' ? thrown.code : ''

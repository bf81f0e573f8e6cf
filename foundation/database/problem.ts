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

/** What stands behind the codes of the system and of PostgreSQL that the person who runs the product can put right. */
const KNOWN: Readonly<Record<string, string>> = {
  ENOSPC: 'the disk is full: make room and start again, nothing that was acknowledged is lost',
  EDQUOT: 'the disk quota is used up: make room and start again, nothing that was acknowledged is lost',
  EROFS: 'the disk can only be read, not written',
  EACCES: 'a file or folder may not be used by this user',
  EMFILE: 'too many files are open: raise the limit (ulimit -n)',
  '53100': 'the disk of the database is full: make room and start again, nothing that was acknowledged is lost',
  '53200': 'the memory of the database is used up',
  '53300': 'the database has no free connections',
  '57P01': 'the database was shut down while it was in use',
  '57P02': 'the database was ended while it was in use; nothing that was acknowledged is lost',
  '57P03': 'the database is starting up or shutting down: try again',
  ECONNREFUSED: 'the database does not answer',
  ECONNRESET: 'the database ended while it was in use, its log says why; nothing that was acknowledged is lost',
  EPIPE: 'the database ended while it was in use, its log says why; nothing that was acknowledged is lost',
}

/** What was thrown, as a problem to be told in one sentence; null when it is a fault of ours, whose stack is needed. */
export function problemIn(thrown: unknown): DatabaseProblem | null {
  if (thrown instanceof DatabaseProblem) return thrown
  const sentence = KNOWN[codeOf(thrown)]
  if (sentence) return new DatabaseProblem(sentence)
  // The driver gives no code when the server ends while it waits for an answer.
  return reasonOf(thrown).startsWith('Connection terminated') ? new DatabaseProblem(KNOWN['ECONNRESET']) : null
}

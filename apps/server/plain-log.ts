import type { Log } from '#foundation/database'

/** What a person at the command line reads while they wait. */
export const plainLog: Log = {
  info: (message) => console.log(message),
  warn: (message) => console.error(message),
}

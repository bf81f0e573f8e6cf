import { randomUUIDv7 } from 'node:crypto'

/** The id of a new resource: ordered by time, so that rows written together lie together. @source RFC 9562 §5.7 */
export const newId = (): string => randomUUIDv7()

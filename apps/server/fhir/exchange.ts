import type { JsonDocument } from '#fhir/json'
import type { Refusal } from '#fhir/outcome'
import type { Author, RecordStore, StoredVersion } from '#foundation/record-store'
import type { Check } from './definition-shelf.ts'
import type { Pieces } from './pieces.ts'
import type { Visit } from './visit.ts'

/** What an interaction works with: the same for a request by HTTP and for an entry of a batch. */
export interface Exchange {
  readonly store: RecordStore
  /** validation, by R4 and by the definitions in the store */
  readonly check: Check
  /** absolute address of the FHIR endpoint, without a slash at the end */
  readonly base: string
  readonly author: Author
  /** `CapabilityStatement.rest.security` */
  readonly restSecurity: object | null
  /** of whoever signed in; null where nobody has to */
  readonly visit: Visit | null
  readonly method: string
  readonly target: Target
  /** what follows the question mark, still encoded; '' if nothing */
  readonly query: string
  /** lower-case names */
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly body: Body | null
}

/** What an address names. Levels as in the CapabilityStatement; `name` is the last fixed part (`_history`, `$meta`). */
export interface Target {
  readonly level: 'system' | 'type' | 'instance' | 'version' | 'compartment'
  readonly name: string
  readonly type: string
  readonly id: string
  readonly version: string
}

/** Bytes as they came, or (in a Bundle) a resource inside a document that is read already. */
export type Body =
  | { readonly bytes: Uint8Array; readonly contentType: string }
  | { readonly document: JsonDocument; readonly node: number; readonly value: unknown }

export interface Answer {
  readonly status: number
  /** FHIR JSON; absent where the answer has no body. Of many resources in pieces: one string would be another copy */
  readonly body?: string | Pieces
  /** gives ETag and Last-Modified */
  readonly stored?: Pick<StoredVersion, 'type' | 'id' | 'version' | 'at'>
  /** whether Location is told */
  readonly created?: boolean
  /** whether Content-Location is told: the client did not know under which id it would be */
  readonly located?: boolean
  /** the body is then an OperationOutcome of these */
  readonly refusals?: readonly Refusal[]
  /** other headers */
  readonly headers?: Readonly<Record<string, string>>
}

export type Act = (exchange: Exchange) => Promise<Answer>

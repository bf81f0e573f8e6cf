import type { Act, Exchange, Target } from './exchange.ts'

/** One line of the table of interactions. */
export interface Interaction {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly level: Target['level']
  /** last fixed part of the address; '' if none (and for compartments, where it is a type) */
  readonly name: string
  readonly act: Act
  /** only for these types */
  readonly types?: readonly string[]
  /** what CapabilityStatement.rest[.resource].interaction calls it */
  readonly code?: readonly string[]
  /** what else it lets CapabilityStatement.rest.resource say */
  readonly statement?: Readonly<Record<string, string | boolean>>
  /** canonical address of its OperationDefinition */
  readonly operation?: (type: string) => string
}

/** The table of interactions, as a Bundle uses it for its entries. */
export interface Offer {
  readonly perform: Act
  /** whether the address takes the method */
  readonly takes: (asked: Pick<Exchange, 'method' | 'target'>) => boolean
}

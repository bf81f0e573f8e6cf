import type { AccessRequest, Decision, Fence, Reader } from '#foundation/access-control'

/** The policy that holds now. */
export interface RulesInForce {
  decide(request: AccessRequest): Decision
  fenceOf(reader: Reader, at: string): Fence
}

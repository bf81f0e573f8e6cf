/** Terms of different facilities never share a posting list: each is mixed with a constant of its facility. */
const GOLDEN = 0x9e3779b97f4a7c15n

/** What every term of a facility is XORed with; zero for the first, which is the only one of most installations. */
export const facilityConstant = (facility: number): bigint => BigInt.asIntN(64, BigInt(facility - 1) * GOLDEN)

export function termsOf(facility: number, terms: readonly bigint[]): readonly bigint[] {
  const constant = facilityConstant(facility)
  return constant === 0n ? terms : terms.map((term) => term ^ constant)
}

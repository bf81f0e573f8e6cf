/** Facts by which two patients are told apart, in the order in which they weigh. */
export const COMPARED = ['name', 'birthDate', 'identity', 'card', 'code'] as const

export type Agreement = 'agrees' | 'differs' | 'missing'

/** Case and blanks are habits of typing, marks are not: Hoà is somebody else than Hoa. */
const plain = (value: string): string => value.normalize('NFC').trim().replace(/\s+/g, ' ').toLocaleUpperCase('vi')

/** Whether all say the same; something that one does not say is missing, not different. */
export function agreementOf(values: readonly string[]): Agreement {
  const said = values.map(plain)
  if (said.some((value) => value === '')) return 'missing'
  return new Set(said).size === 1 ? 'agrees' : 'differs'
}

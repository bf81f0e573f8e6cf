import { readBirthDate } from '#hospital/identification'

/** What is typed into the three fields of a look-up. */
export interface TypedCard {
  readonly card: string
  readonly name: string
  /** as typed: a day or a year */
  readonly birth: string
}

const DAY = /^(\d{2})(\d{2})(\d{4})$/

/**
 * The code of a chip card fills all three fields; anything else is the number.
 * @returns null where the text is no code of a chip card
 * @source Thông tư 06/2021/TT-BCA: number, former number, name, date of birth, sex, address, date of issue
 */
export function readChipCard(text: string): TypedCard | null {
  const [card = '', , name = '', birth = ''] = text.split('|').map((part) => part.trim())
  return /^\d{12}$/.test(card) && name !== '' ? { card, name, birth: birth.replace(DAY, '$1/$2/$3') } : null
}

/** The question as the desk takes it; null while something is missing or no date. @param today yyyy-MM-dd */
export function questionOf({ card, name, birth }: TypedCard, today: string) {
  const birthDate = readBirthDate(birth.trim(), today)
  const isWhole = birthDate !== null && birthDate.length !== 'yyyy-MM'.length
  const number = card.replace(/[\s.-]/g, '').toUpperCase()
  return number !== '' && name.trim() !== '' && isWhole ? { card: number, name: name.trim(), birthDate } : null
}

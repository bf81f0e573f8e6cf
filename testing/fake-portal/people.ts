/** The card registry of the fake portal: invented people, at least one for each reply code. */

export interface FakeCard {
  readonly card: string
  readonly personalId: string
  readonly name: string
  /** dd/MM/yyyy */
  readonly birthDate: string
  /** reply to a look-up whose name and date are right */
  readonly code: string
  readonly newCard?: string
}

/** Codes that say something about a card; the others say something about the question. */
const CARD_CODES = '000 001 002 003 004 010 050 051 052 053 100 101 110 120 121 122 123 124 130'.split(' ')

/** Codes by whoever asks: 054 not registered, 055 the name differs. */
export const FAKE_ASKERS: ReadonlyMap<string, string> = new Map([['000000000001', 'Trần Thị Thử Nghiệm']])

/** One person a code: the last three digits of card and identity number are the code. */
export const FAKE_CARDS: readonly FakeCard[] = CARD_CODES.map((code, place) => ({
  card: `HC40100000${code}00`.slice(0, 12) + code,
  personalId: `000000000${code}`,
  name: `Nguyễn Văn Thử ${code}`,
  birthDate: `${String(1 + place).padStart(2, '0')}/01/1980`,
  code,
  ...(code === '003' || code === '004' ? { newCard: `HC40100009${code}00`.slice(0, 12) + code } : {}),
}))

import { foldName } from './fold-name.ts'

/** What one line of typing (or one scan) may mean; several readings are all searched. */
export type Reading =
  | { readonly kind: 'name'; readonly name: string; readonly born?: string; readonly endsIn?: string }
  /** the first letters of the words of a name: `nva` for Nguyễn Văn An */
  | { readonly kind: 'initials'; readonly letters: string; readonly born?: string; readonly endsIn?: string }
  | { readonly kind: 'born'; readonly born: string }
  /** the last four digits of an identity number, phone, insurance card or patient code */
  | { readonly kind: 'ending'; readonly digits: string }
  | { readonly kind: 'phone'; readonly numbers: readonly string[] }
  /** the ways the same code may have been stored: as typed, without spaces, in capitals */
  | { readonly kind: 'code'; readonly codes: readonly string[] }

const FIRST_BIRTH_YEAR = 1900

/** Two letters are rather the beginning of a name; nobody's name has more than six words. */
const INITIALS = /^[a-z]{3,6}$/

/**
 * Reads the find-a-patient line: a name (with or without marks) or its initials, perhaps followed by the birth year, a
 * birth date or the last four digits of a number of theirs; a birth year or date, those four digits alone, a phone
 * number, any code, or the text of a chip-card or insurance-card QR.
 *
 * @param text  as typed, any composition form of Unicode
 * @param today `YYYY-MM-DD`: a birth year lies between 1900 and this year
 * @returns     empty when too little was typed to search for (one letter)
 * @source      Thông tư 06/2021/TT-BCA (chip-card QR: seven fields, the number first)
 */
export function readTyped(text: string, today: string): readonly Reading[] {
  const line = text.normalize('NFC').replace(/\s+/g, ' ').trim()
  if (line.includes('|')) return readCard(line)
  const digits = line.replace(/^\+84/, '0').replace(/[\s.-]/g, '')
  const born = readBirthDate(line, today)
  if (/^\d+$/.test(digits)) return readDigits(line, digits, born)
  if (born) return [{ kind: 'born', born }]
  if (/\d/.test(line)) return readMixed(line, today)
  return foldName(line).length >= 2 ? readName(line) : []
}

/** What narrows a name. */
interface Narrowing {
  readonly born?: string
  readonly endsIn?: string
}

/** Any single word may be a name, and a short one initials as well. */
function readName(name: string, narrowing: Narrowing = {}): readonly Reading[] {
  const letters = foldName(name)
  const asName: Reading = { kind: 'name', name, ...narrowing }
  return INITIALS.test(letters) ? [asName, { kind: 'initials', letters, ...narrowing }] : [asName]
}

/** Card QR: the number is always the first field, on the chip card as on the insurance card. */
function readCard(line: string): readonly Reading[] {
  const code = line.split('|')[0]?.trim() ?? ''
  return code ? [codeOf(code)] : []
}

const codeOf = (...written: readonly string[]): Reading => ({ kind: 'code', codes: [...new Set(written)] })

function readDigits(line: string, digits: string, born: string | null): readonly Reading[] {
  const code = codeOf(digits, line)
  if (digits.length === 4) return [...(born ? [{ kind: 'born', born } as const] : []), { kind: 'ending', digits }, code]
  if (born) return [{ kind: 'born', born }, code]
  if (/^0\d{9,10}$/.test(digits)) return [{ kind: 'phone', numbers: [digits, `+84${digits.slice(1)}`] }, code]
  return digits.length >= 3 ? [code] : []
}

/** Letters and digits: a name with a birth year, date or last four digits behind it; otherwise a code. */
function readMixed(line: string, today: string): readonly Reading[] {
  const [, name, tail] = /^(\D{2,}?) ([\d/.-]+)$/.exec(line) ?? []
  if (!name || !tail) {
    const code = line.replace(/\s/g, '')
    return code.length >= 3 ? [codeOf(code, code.toUpperCase())] : []
  }
  const born = readBirthDate(tail, today)
  if (born) return readName(name, { born })
  return readName(name, /^\d{4}$/.test(tail) ? { endsIn: tail } : {})
}

/** `1985`, `03/1985`, `15/3/1985`, `15031985` → FHIR date; null when it is no possible birth date. */
export function readBirthDate(text: string, today: string): string | null {
  const [, day, month, year] =
    /^(?:(?:(\d{1,2})[/.-])?(\d{1,2})[/.-])?(\d{4})$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4})$/.exec(text) ?? []
  if (!year || Number(year) < FIRST_BIRTH_YEAR) return null
  const date = [year, month, day]
    .filter((part) => part !== undefined)
    .map((part) => part.padStart(2, '0'))
    .join('-')
  return date <= today && isRealDate(date) ? date : null
}

/** 31 February is refused: `Date` would silently make it March. */
const isRealDate = (date: string): boolean => {
  const whole = `${date}-01-01`.slice(0, 10)
  const ms = Date.parse(`${whole}T00:00:00Z`)
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === whole
}

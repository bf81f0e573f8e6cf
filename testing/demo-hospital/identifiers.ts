import type { Minute } from './time.ts'
import type { Random } from './random.ts'
import { yearOf } from './time.ts'

/**
 * ISO/IEC 7064 MOD 11-2 check character of a row of digits: catches every single wrong digit and every swap of two.
 * @returns `0`–`9` or `X`
 */
export function checkCharacter(digits: string): string {
  let sum = 0
  for (const digit of digits) sum = ((sum + Number(digit)) * 2) % 11
  const check = (12 - sum) % 11
  return check === 10 ? 'X' : String(check)
}

/** Mã người bệnh: `BN`, ten digits without meaning, check character; 13 characters fit a wristband's Code 128. */
export function patientCode(number: number): string {
  const digits = String(number).padStart(10, '0')
  return `BN${digits}${checkCharacter(digits)}`
}

/**
 * Số định danh cá nhân: province of birth registration, century and sex, year of birth, six digits. The six digits
 * start with 99, which real numbering (rising from 000001) has not reached in any province and year.
 * @source Nghị định 137/2015/NĐ-CP, Điều 13; Thông tư 59/2021/TT-BCA, Điều 4
 */
export function personalNumber(provinceOfBirth: string, sex: 'male' | 'female', born: Minute, random: Random): string {
  const year = yearOf(born)
  const centuryAndSex = (Math.floor(year / 100) - 19) * 2 + (sex === 'female' ? 1 : 0)
  const serial = `99${String(random.int(0, 9999)).padStart(4, '0')}`
  return `${provinceOfBirth}${centuryAndSex}${String(year % 100).padStart(2, '0')}${serial}`
}

/** Insurance object codes with benefit level and share of the card holders. @source Quyết định 1018/QĐ-BHXH of 2014 */
const cardObjects = {
  child: [{ code: 'TE', level: 1, weight: 1 }],
  pensioner: [
    { code: 'HT', level: 3, weight: 6 },
    { code: 'GD', level: 4, weight: 3 },
    { code: 'BT', level: 2, weight: 1 },
  ],
  adult: [
    { code: 'DN', level: 4, weight: 9 },
    { code: 'GD', level: 4, weight: 7 },
    { code: 'HC', level: 4, weight: 3 },
    { code: 'SV', level: 4, weight: 2 },
    { code: 'HN', level: 2, weight: 2 },
    { code: 'CN', level: 3, weight: 1 },
  ],
} as const

/**
 * Mã thẻ bảo hiểm y tế, 15 characters: object, benefit level, province, ten digits of the social insurance number.
 * @param age in years, on the day the card is read
 */
export function insuranceCard(age: number, province: string, random: Random): string {
  const group = age < 6 ? cardObjects.child : age >= 60 ? cardObjects.pensioner : cardObjects.adult
  const { code, level } = random.weighted<{ code: string; level: number; weight: number }>(group)
  return `${code}${level}${province}99${String(random.int(0, 99_999_999)).padStart(8, '0')}`
}

/** Mobile number with the prefix 095, which belongs to no operator: nobody's telephone rings. */
export const phoneNumber = (random: Random): string => `095${String(random.int(1_000_000, 9_999_999))}`

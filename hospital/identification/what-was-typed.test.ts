import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readBirthDate, readTyped } from './what-was-typed.ts'

const today = '2026-11-24'
const read = (text: string) => readTyped(text, today)

test('a name is a name, with or without marks, in either Unicode form', () => {
  expect(read('nguyen van a')).toEqual([{ kind: 'name', name: 'nguyen van a' }])
  expect(read('  Nguyễn  Văn Á ')).toEqual([{ kind: 'name', name: 'Nguyễn Văn Á' }])
  expect(read('Nguyễn'.normalize('NFD'))[0]).toEqual({ kind: 'name', name: 'Nguyễn' })
})

test('a name may carry the birth year or date behind it', () => {
  expect(read('nguyen van a 1985')).toEqual([{ kind: 'name', name: 'nguyen van a', born: '1985' }])
  expect(read('le thi b 2/9/1985')).toEqual([{ kind: 'name', name: 'le thi b', born: '1985-09-02' }])
})

test('four digits that are no birth year are the end of a phone or identity number', () => {
  expect(read('le thi b 4567')).toEqual([{ kind: 'name', name: 'le thi b', endsIn: '4567' }])
})

test('three to six letters may be initials as well, with the same behind them as a name', () => {
  expect(read('nva')).toEqual([
    { kind: 'name', name: 'nva' },
    { kind: 'initials', letters: 'nva' },
  ])
  expect(read('NVĐ 1985')[1]).toEqual({ kind: 'initials', letters: 'nvd', born: '1985' })
  expect(read('nva 4567')[1]).toEqual({ kind: 'initials', letters: 'nva', endsIn: '4567' })
  expect(read('an').map(({ kind }) => kind)).toEqual(['name'])
  expect(read('nguyen van').map(({ kind }) => kind)).toEqual(['name'])
})

test('four digits alone are the end of a number, and a birth year where they can be one', () => {
  expect(read('4567')).toEqual([
    { kind: 'ending', digits: '4567' },
    { kind: 'code', codes: ['4567'] },
  ])
  expect(read('1985').map(({ kind }) => kind)).toEqual(['born', 'ending', 'code'])
})

test('one letter is too little to search for', () => {
  expect([read(''), read(' '), read('n'), read('12')]).toEqual([[], [], [], []])
})

test('twelve digits are an identity number, spaces and dots aside', () => {
  expect(read('079 085 001 234')).toEqual([{ kind: 'code', codes: ['079085001234', '079 085 001 234'] }])
})

test('a phone number is searched as written at home and abroad, and as a code', () => {
  const phone = { kind: 'phone', numbers: ['0912345678', '+84912345678'] }
  expect(read('0912 345 678')).toEqual([phone, { kind: 'code', codes: ['0912345678', '0912 345 678'] }])
  expect(read('+84912345678')).toEqual([phone, { kind: 'code', codes: ['0912345678', '+84912345678'] }])
})

test('a year or a date finds who was born then', () => {
  expect(read('1985')).toEqual([
    { kind: 'born', born: '1985' },
    { kind: 'ending', digits: '1985' },
    { kind: 'code', codes: ['1985'] },
  ])
  expect(read('15/03/1985')).toEqual([{ kind: 'born', born: '1985-03-15' }])
  expect(read('3/1985')).toEqual([{ kind: 'born', born: '1985-03' }])
  expect(read('15031985')[0]).toEqual({ kind: 'born', born: '1985-03-15' })
})

test('letters with digits are a code or a card number', () => {
  expect(read('bn0001234')).toEqual([{ kind: 'code', codes: ['bn0001234', 'BN0001234'] }])
  expect(read('GD 4 79 7912345678')).toEqual([{ kind: 'code', codes: ['GD4797912345678'] }])
})

test('a scanned card gives its number', () => {
  expect(read('079085001234|212345678|Nguyễn Văn A|15031985|Nam|Số 1|01012022')).toEqual([
    { kind: 'code', codes: ['079085001234'] },
  ])
  expect(read('GD4797912345678|4e67757965e1bb856e|15/03/1985|1|$')).toEqual([
    { kind: 'code', codes: ['GD4797912345678'] },
  ])
})

test('an impossible or future date is no birth date', () => {
  expect(readBirthDate('31/02/1985', today)).toBeNull()
  expect(readBirthDate('13/13/1985', today)).toBeNull()
  expect(readBirthDate('2027', today)).toBeNull()
  expect(readBirthDate('1899', today)).toBeNull()
})

test('whatever is typed, reading it ends and yields only usable readings', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
      for (const reading of read(text)) {
        const values = Object.values(reading).flat()
        expect(values.every((value) => typeof value === 'string' && value.length > 0)).toBe(true)
      }
    }),
  )
})

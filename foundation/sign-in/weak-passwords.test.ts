import { describe, expect, test } from 'vitest'
import { checkPassword } from './passwords.ts'

const WHO = ['nguyen.van.an', 'Nguyễn Văn An'] as const

const rulesOf = async (password: string, withSecond = true) => {
  const checked = await checkPassword(password, WHO, withSecond)
  return checked.ok ? [] : checked.refusals.map(({ rule }) => rule)
}

describe('SIGN-IN-10 what everybody tries first', () => {
  test.each([
    'password',
    'Password1!',
    'P@ssw0rd2026',
    'matkhau123',
    'Mật Khẩu 2026',
    'benhvien2025',
    'Bệnh viện!!!',
    'anhyeuem99',
    'iloveyou',
    'trustno1',
    'qwertyuiop',
    '12345678',
    '87654321',
    'aaaaaaaaaaaa',
    'abcabcabcabc',
    '1qaz2wsx',
    'baseball',
    'nguyenvanan',
    'Nguyen.Van.An1',
    'VanAn1987',
    'michelle',
    'football2026',
  ])('%s', async (password) => {
    expect(await rulesOf(password)).toEqual(['SIGN-IN-10'])
  })
})

describe('nothing is asked of a password but length', () => {
  test.each([
    'cà phê sữa đá',
    'xe đạp màu xanh',
    'zkqvbwxm',
    'núi lửa ngủ yên',
    'an toàn là bạn của tôi',
    '🍜🍜🥢🌶️ phở',
    '  có dấu cách  ',
  ])('%s', async (password) => {
    expect(await rulesOf(password)).toEqual([])
  })
})

test('SIGN-IN-9 eight signs beside a second factor, fifteen alone, 256 at most, counted as they are seen', async () => {
  expect(await rulesOf('zkqvbwx')).toEqual(['SIGN-IN-9'])
  expect(await rulesOf('zkqvbwxmp rtgj', false)).toEqual(['SIGN-IN-9'])
  expect(await rulesOf('zkqvbwxmp rtgjh', false)).toEqual([])
  expect(await rulesOf(`${'zkqvbwxm'.repeat(31)}rtgjhdyf`)).toEqual([])
  expect(await rulesOf(`${'zkqvbwxm'.repeat(31)}rtgjhdyfc`)).toEqual(['SIGN-IN-9'])
  // Seven letters are seven, although their marks are signs of their own.
  expect(await rulesOf('ắếộữẳẵỡ'.normalize('NFD'))).toEqual(['SIGN-IN-9'])
})

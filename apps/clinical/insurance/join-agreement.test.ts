import { expect, test } from 'vitest'
import { agreementOf } from './join-agreement.ts'

test('case and blanks do not make two people, marks do, and silence is no difference', () => {
  expect(agreementOf(['Nguyễn  Văn An ', 'NGUYỄN VĂN AN'])).toBe('agrees')
  expect(agreementOf(['Nguyễn Văn Hoa', 'Nguyễn Văn Hoà'])).toBe('differs')
  expect(agreementOf(['079085001234', ''])).toBe('missing')
})

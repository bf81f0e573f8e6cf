import { expect, test } from 'vitest'
import { kindOfContent, textOf } from './attachment-content.ts'

test('only what cannot run is shown; the rest is offered as a file', () => {
  expect(
    ['text/plain; charset=utf-8', 'TEXT/HTML', 'image/png', 'image/svg+xml', 'application/pdf', ''].map(kindOfContent),
  ).toEqual(['text', 'markup', 'image', 'file', 'file', 'file'])
})

test('Vietnamese survives the way through base64, line breaks inside it too', () => {
  const base64 = Buffer.from('Giấy ra viện', 'utf8').toString('base64')
  expect(textOf(`${base64.slice(0, 6)}\n${base64.slice(6)}`)).toBe('Giấy ra viện')
})

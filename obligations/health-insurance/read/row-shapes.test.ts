import { expect, test } from 'vitest'
import { RowShapes } from './row-shapes.ts'
import type { XmlElement } from './xml-tree.ts'

const element = (name: string, text: string, children: readonly XmlElement[] = []): XmlElement => ({
  name,
  text,
  children,
})
const row = (text: string): readonly XmlElement[] => text.split('').map((name, i) => element(name, String(i)))

test('a row of a known shape has its own values; any other is not taken', () => {
  const shapes = new RowShapes()
  expect(shapes.valuesOf(row('AB'))).toBeNull()
  shapes.learn(['A', 'B'])
  shapes.learn(['B', 'A'])
  const first = shapes.valuesOf([element('A', 'x'), element('B', 'y')])
  expect(shapes.valuesOf(row('BA'))).toEqual({ B: '0', A: '1' })
  expect(Object.keys(shapes.valuesOf(row('BA')) ?? {})).toEqual(['B', 'A'])
  expect(first).toEqual({ A: 'x', B: 'y' })
  for (const other of ['A', 'ABA', 'AC', 'AA', '']) expect(shapes.valuesOf(row(other))).toBeNull()
  expect(shapes.valuesOf([element('A', ''), element('B', '', [element('C', '')])])).toBeNull()
})

test('shapes without end are not kept', () => {
  const shapes = new RowShapes()
  for (let count = 1; count <= 20; count += 1) shapes.learn('A'.repeat(count).split(''))
  expect(shapes.valuesOf(row('A'.repeat(20)))).toBeNull()
})

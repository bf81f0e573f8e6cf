import { expect, test } from 'vitest'
import { csvText } from './act-csv.ts'

const cellsOf = (value: string) => csvText(['a'], [[value]]).split('\r\n')[1]

test('what a spreadsheet would calculate stays text', () => {
  const formulas = ['=1+1', '+84901', '-2', '@SUM(A1)', '\t=1', ' =HYPERLINK("http://x")', '\r=1']
  for (const formula of formulas) expect(cellsOf(formula)).toBe(`"'${formula.replaceAll('"', '""')}"`)
})

test('quotation marks, commas and lines stay in their cell, and Vietnamese is told to be UTF-8', () => {
  expect(csvText(['Người làm'], [['Lê "Bình", khoa Nội']])).toBe('\uFEFF"Người làm"\r\n"Lê ""Bình"", khoa Nội"\r\n')
})

import { describe, expect, test } from 'vitest'
import { codeLists } from '../format/code-lists.ts'
import type { Field, TableId } from '../format/table.ts'
import { tables } from '../format/tables.ts'
import { readDossierFile } from '../read/read-file.ts'
import { hasSamples, manifest, sample, type SampleFile } from '../samples-for-test.ts'
import type { Dossier, Finding } from '../types.ts'
import { checkDossier, rules } from './check-dossier.ts'

const placeOf = ({ table, row, field }: { table: string | null; row: number | null; field: string | null }): string =>
  `${table ?? ''}:${row ?? ''}:${field ?? ''}`

/** "XML3[6].T_TRANTT" as a place */
function relatedPlace(text: string): string {
  const [, table = '', row = '', field = ''] = /^(\w+?)(?:\[(\d+)\])?\.(\w+)$/.exec(text) ?? []
  return `${table}:${row}:${field}`
}

interface Verdict {
  readonly verdict: string
  readonly findings: readonly Finding[]
}

function judge(file: string): Verdict {
  const read = readDossierFile(sample(file))
  if (!read.ok) return { verdict: 'reject-file', findings: read.refused }
  const findings = [
    ...read.findings,
    ...read.dossiers.flatMap(({ dossier, findings: own }) => [...own, ...checkDossier(dossier)]),
  ]
  const worst = ['error', 'warning'].find((severity) => findings.some((each) => each.severity === severity))
  return { verdict: worst ?? 'valid', findings }
}

describe('rules', () => {
  test('have ids that are not used twice, a source, both languages and a way out', () => {
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length)
    for (const rule of rules) {
      expect(rule.id).toMatch(/^BHYT-[A-Z]+-\d+$/)
      for (const text of [rule.vi, rule.en, rule.wayOut, rule.source]) expect(text).not.toBe('')
    }
  })
})

describe.skipIf(!hasSamples)('outside samples (skipped where ../shared/data/bhxh-samples is absent)', () => {
  test.each(manifest.valid.concat(manifest.lenient).map(({ file }) => file))('%s has no error', (file) => {
    expect(judge(file).findings.filter(({ severity }) => severity !== 'warning')).toEqual([])
  })

  test.each(manifest.invalid.concat(manifest.checkin).filter(({ ambiguous }) => !ambiguous))(
    '$file is caught at its place and nowhere else',
    (asked: SampleFile) => {
      const { verdict, findings } = judge(asked.file)
      expect(asked.acceptable).toContain(verdict)
      if (asked.acceptable?.[0] === 'valid' || verdict === 'reject-file') return
      const places = [placeOf(asked), ...(asked.related ?? []).map(relatedPlace)]
      const at = (each: Finding): string => placeOf({ ...each, table: each.table ?? asked.table })
      expect(findings.map(at)).toEqual(expect.arrayContaining([expect.toSatisfy((place) => places.includes(place))]))
      expect(findings.filter((each) => each.severity === 'error' && !places.includes(at(each)))).toEqual([])
    },
  )

  const good = manifest.valid
    .filter(({ ambiguous }) => !ambiguous)
    .map(({ file }) => {
      const read = readDossierFile(sample(file))
      if (!read.ok || !read.dossiers[0]) throw new Error(`${file} is not read`)
      return { file, dossier: read.dossiers[0].dossier }
    })

  /** The dossier with one value changed. */
  function withValue(dossier: Dossier, table: TableId, row: number, name: string, text: string): Dossier {
    const rows = (dossier.tables[table] ?? []).map((each, i) =>
      i === row ? { ...each, values: { ...each.values, [name]: text } } : each,
    )
    return { ...dossier, tables: { ...dossier.tables, [table]: rows } }
  }

  interface Mutation {
    readonly of: (field: Field) => boolean
    readonly to: (text: string) => string
    /** fields where the change breaks no rule, with the reason */
    readonly except: Readonly<Record<string, string>>
  }

  const mutations: Readonly<Record<string, Mutation>> = {
    'a required field left empty': {
      of: ({ required }) => required === true,
      to: () => '',
      except: { 'XML2.MA_THUOC': 'blank outside the list', 'XML2.HAM_LUONG': 'blank for gases and herbs' },
    },
    'a date that does not exist': {
      of: ({ kind }) => ['day', 'minute', 'days', 'minutes', 'dayOrMinute'].includes(kind),
      to: (text) => `20251340${text.slice(8, 12)}`,
      except: {},
    },
    'a number with a comma': {
      of: ({ kind }) => ['money', 'quantity', 'number'].includes(kind),
      to: () => '12,5',
      except: {},
    },
    'a code outside its list': {
      of: ({ codes }) => codes !== undefined && codeLists[codes]?.complete === true,
      to: () => '99',
      except: {},
    },
    'a copy that differs': {
      of: ({ equalsSummary }) => equalsSummary === true,
      to: (text) => (/^\d/.test(text) ? `${text.startsWith('9') ? '8' : '9'}${text.slice(1)}` : `${text}x`),
      except: { 'XML13.TINH_TRANG_CT': 'XML1 has no such field' },
    },
  }

  test.each(Object.entries(mutations))('%s is one finding at that field', (_what, { of, to, except }) => {
    const missed = new Set<string>()
    let tried = 0
    for (const { dossier } of good) {
      for (const [id, rows] of Object.entries(dossier.tables)) {
        const fields = tables[id as TableId].fields.filter((field) => of(field) && field.name !== 'MA_LK')
        rows.slice(0, 2).forEach(({ values }, row) => {
          for (const { name } of fields) {
            const text = values[name]?.trim() ?? ''
            if (text === '' || except[`${id}.${name}`] !== undefined) continue
            tried += 1
            const errors = checkDossier(withValue(dossier, id as TableId, row, name, to(text))).filter(
              ({ severity }) => severity === 'error',
            )
            const here = errors.filter(({ table, field }) => table === id && field === name)
            if (here.length === 0 || here.length < errors.length) missed.add(`${id}.${name}`)
          }
        })
      }
    }
    expect(tried).toBeGreaterThan(30)
    expect([...missed]).toEqual([])
  })

  test('a rule that is switched off says nothing', () => {
    const file = manifest.invalid.find((each) => each.file.includes('x1-t-thuoc'))?.file ?? ''
    const read = readDossierFile(sample(file))
    const dossier = read.ok ? read.dossiers[0]?.dossier : undefined
    expect(dossier && checkDossier(dossier).map(({ rule }) => rule)).toContain('BHYT-SUM-3')
    expect(dossier && checkDossier(dossier, { off: new Set(['BHYT-SUM-3']) }).map(({ rule }) => rule)).not.toContain(
      'BHYT-SUM-3',
    )
  })
})

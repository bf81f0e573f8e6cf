import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { attacks, hasSamples } from '../samples-for-test.ts'
import type { ReadFile } from '../types.ts'
import { readCheckIn, readDossierFile, readDossiers } from './read-file.ts'

const SUMMARY = '<TONG_HOP><MA_LK>LK1</MA_LK></TONG_HOP>'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const fileOf = (kind: string, content: string): string =>
  `<FILEHOSO><LOAIHOSO>${kind}</LOAIHOSO><NOIDUNGFILE>${content}</NOIDUNGFILE></FILEHOSO>`
const hoso = (...files: string[]): string => `<HOSO>${files.join('')}</HOSO>`
const list = (dossiers: string): string =>
  `<THONGTINHOSO><NGAYLAP>20250102</NGAYLAP><SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO>${dossiers}</DANHSACHHOSO></THONGTINHOSO>`
const UNIT = '<THONGTINDONVI><MACSKCB>00999</MACSKCB></THONGTINDONVI>'
const envelope = (dossiers: string): string => `<GIAMDINHHS>${UNIT}${list(dossiers)}<CHUKYDONVI/></GIAMDINHHS>`
const drugs = (content: string): string =>
  envelope(hoso(fileOf('XML1', SUMMARY), fileOf('XML2', `<CHITIEU_CHITIET_THUOC>${content}</CHITIEU_CHITIET_THUOC>`)))
const checkIn = (content: string): string =>
  `<CHI_TIEU_TRANG_THAI_KCB>${content}<CHUKYDONVI>ký</CHUKYDONVI></CHI_TIEU_TRANG_THAI_KCB>`
const ROW = '<DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB><MA_LK>LK1</MA_LK></TRANG_THAI_KCB></DSACH_TRANG_THAI_KCB>'

const rulesOf = (file: ReadFile): readonly string[] =>
  (file.ok ? [...file.findings, ...file.dossiers.flatMap(({ findings }) => findings)] : file.refused).map(
    ({ rule }) => rule,
  )

/** A comment is something that only the general parser takes. */
const WAYS = [
  ['by the small reader', (text: string) => text],
  ['by the parser', (text: string) => `${text}<!-- x -->`],
] as const

describe.each(WAYS)('%s', (_way, of) => {
  const read = (text: string): ReadFile => readDossierFile(bytes(of(text)))

  test.each([
    ['a misnamed row', drugs('<DSACH_CHI_TIET_THUOC><CHI_TIET><STT>1</STT></CHI_TIET></DSACH_CHI_TIET_THUOC>')],
    ['a value without a row', drugs('<DSACH_CHI_TIET_THUOC><STT>1</STT></DSACH_CHI_TIET_THUOC>')],
    [
      'a list in a list',
      drugs('<DSACH_CHI_TIET_THUOC><DSACH_CHI_TIET_THUOC><A/></DSACH_CHI_TIET_THUOC></DSACH_CHI_TIET_THUOC>'),
    ],
    ['text between rows', drugs('<DSACH_CHI_TIET_THUOC>x<CHI_TIET_THUOC/></DSACH_CHI_TIET_THUOC>')],
    [
      'a misnamed row of a check-in',
      checkIn('<DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB/><B><A/></B></DSACH_TRANG_THAI_KCB>'),
    ],
  ])('BHYT-READ-23 refuses %s', (_what, text) => {
    expect(rulesOf(read(text))).toEqual(['BHYT-READ-23'])
  })

  test.each([
    [
      'two contents',
      `<HOSO><FILEHOSO><LOAIHOSO>1</LOAIHOSO><NOIDUNGFILE/><NOIDUNGFILE>${SUMMARY}</NOIDUNGFILE></FILEHOSO></HOSO>`,
    ],
    ['two kinds', `<HOSO><FILEHOSO><LOAIHOSO>1</LOAIHOSO><LOAIHOSO>2</LOAIHOSO></FILEHOSO></HOSO>`],
    ['a misnamed file', `<HOSO>${fileOf('XML1', SUMMARY)}<FILE><LOAIHOSO>2</LOAIHOSO></FILE></HOSO>`],
    ['a misnamed content', `<HOSO><FILEHOSO><LOAIHOSO>1</LOAIHOSO><NOIDUNG>${SUMMARY}</NOIDUNG></FILEHOSO></HOSO>`],
    ['text in a HOSO', `<HOSO>${fileOf('XML1', SUMMARY)}PFRPTkc+</HOSO>`],
  ])('BHYT-READ-24 refuses %s', (_what, dossier) => {
    expect(rulesOf(read(envelope(dossier)))).toEqual(['BHYT-READ-24'])
  })

  test.each([
    ['BHYT-READ-9', 'two documents in one content', envelope(hoso(fileOf('XML1', SUMMARY + SUMMARY)))],
    ['BHYT-READ-9', 'text beside a document', envelope(hoso(fileOf('XML1', `x${SUMMARY}`)))],
    [
      'BHYT-READ-22',
      'a table outside of every HOSO',
      envelope(`${hoso(fileOf('XML1', SUMMARY))}${fileOf('XML2', '')}`),
    ],
    ['BHYT-READ-6', 'a check-in without rows', checkIn('')],
  ])('%s refuses %s', (rule, _what, text) => {
    expect(rulesOf(read(text))).toEqual([rule])
  })

  test('BHYT-READ-25 a stray value of the envelope is reported', () => {
    const dossier = `<HOSO><GHICHU>x</GHICHU>${fileOf('XML1', SUMMARY)}</HOSO>`
    expect(rulesOf(read(envelope(dossier)))).toEqual(['BHYT-READ-25'])
  })

  test('a value beside rows is kept with the first of them', () => {
    const file = read(
      drugs('<TEN_PM>X</TEN_PM><DSACH_CHI_TIET_THUOC><CHI_TIET_THUOC/><CHI_TIET_THUOC/></DSACH_CHI_TIET_THUOC>'),
    )
    const rows = file.ok ? file.dossiers[0]?.dossier.tables.XML2 : []
    expect(rows?.map(({ unknown }) => unknown)).toEqual([{ TEN_PM: 'X' }, null])
    expect(rulesOf(file)).toEqual(['BHYT-READ-16'])
  })

  test('text between fields, and names that objects have of their own, are kept', () => {
    const odd =
      '<TONG_HOP><MA_LK>1</MA_LK>chữ<__proto__>a</__proto__><constructor>b</constructor><A>c</A><A>d</A></TONG_HOP>'
    for (const legacy of ['', '<MA_BENHKHAC>x</MA_BENHKHAC>']) {
      const file = read(envelope(hoso(fileOf('XML1', odd.replace('<A>', `${legacy}<A>`)))))
      const unknown = file.ok ? file.dossiers[0]?.dossier.tables.XML1?.[0]?.unknown : null
      expect(Object.entries(unknown ?? {})).toEqual([
        ['__proto__', 'a'],
        ['constructor', 'b'],
        ['A', 'c'],
        ['A.4', 'd'],
        ['#text', 'chữ'],
      ])
    }
  })

  test('what has the name of a part of the envelope inside a table belongs to the table', () => {
    const summary = '<TONG_HOP><MA_LK>1</MA_LK><MACSKCB>00001</MACSKCB><CHUKYDONVI>x</CHUKYDONVI></TONG_HOP>'
    const file = read(envelope(hoso(fileOf('XML1', summary))))
    const dossier = file.ok ? file.dossiers[0]?.dossier : undefined
    expect(dossier).toMatchObject({ facility: '00999', signature: null })
    expect(dossier?.tables.XML1?.[0]?.unknown).toEqual({ MACSKCB: '00001', CHUKYDONVI: 'x' })
  })

  test('an envelope in another order says the same', () => {
    const file = read(`<GIAMDINHHS>${list(hoso(fileOf('XML1', SUMMARY)))}${UNIT}</GIAMDINHHS>`)
    expect(file.ok && file.dossiers[0]?.dossier).toMatchObject({ facility: '00999', made: '20250102' })
  })

  test('decision 4210: both an old and a new name are kept; a machine stays where it was', () => {
    const summary =
      '<TONG_HOP><MA_LK>1</MA_LK><MA_THE_BHYT>B</MA_THE_BHYT><MA_THE>A</MA_THE><T_TONGCHI>1</T_TONGCHI></TONG_HOP>'
    const results =
      '<DSACH_CHI_TIET_CLS><CHI_TIET_CLS><MA_LK>1</MA_LK><MA_MAY>M</MA_MAY></CHI_TIET_CLS></DSACH_CHI_TIET_CLS>'
    const file = read(envelope(hoso(fileOf('XML1', summary), fileOf('XML4', results))))
    const tables = file.ok ? file.dossiers[0]?.dossier.tables : undefined
    expect(tables?.XML1?.[0]).toMatchObject({ values: { MA_THE_BHYT: 'B' }, unknown: { MA_THE: 'A' } })
    expect(tables?.XML4?.[0]).toMatchObject({ values: { MA_LK: '1' }, unknown: { MA_MAY: 'M' } })
  })

  test('a check-in message is one, with its signature; a file of dossiers is none', () => {
    const message = readCheckIn(bytes(of(checkIn(ROW))))
    expect(message.ok && message.dossiers[0]?.dossier).toMatchObject({ visit: 'LK1', signature: 'ký' })
    expect(rulesOf(readCheckIn(bytes(of(envelope(hoso(fileOf('XML1', SUMMARY)))))))).toEqual(['BHYT-READ-5'])
  })
})

describe('base64', () => {
  const alphabet = fc.string({ unit: fc.constantFrom(...'ABCQxyz019+/=-_* \u00e9'), minLength: 1, maxLength: 12 })

  test('BHYT-READ-7 is said of exactly what is no base64', () => {
    fc.assert(
      fc.property(alphabet, (text) => {
        const packed = text.replaceAll(' ', '')
        const isBase64 = packed.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(packed)
        const said = rulesOf(readDossierFile(bytes(envelope(hoso(fileOf('XML1', text))))))
        expect(said.includes('BHYT-READ-7')).toBe(!isBase64)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('encodings', () => {
  const inner = (encoding: string): string =>
    envelope(
      hoso(fileOf('XML1', Buffer.from(`<?xml version="1.0" encoding="${encoding}"?>${SUMMARY}`).toString('base64'))),
    )

  test('of an inner document: UTF-8, under the name that .NET gives any string too', () => {
    expect(rulesOf(readDossierFile(bytes(inner('utf-16'))))).toEqual([])
    expect(rulesOf(readDossierFile(bytes(inner('windows-1258'))))).toEqual(['BHYT-READ-8'])
  })

  test('UTF-16 refuses the file', () => {
    const text = Buffer.from(`\uFEFF${envelope(hoso(fileOf('XML1', SUMMARY)))}`, 'utf16le')
    expect(rulesOf(readDossierFile(text))).toEqual(['BHYT-READ-1'])
  })

  test('a declaration is found in pieces of one byte', async () => {
    async function* pieces(): AsyncGenerator<Uint8Array> {
      for (const byte of bytes(`<?xml version="1.0" encoding="windows-1258"?>${envelope('')}`))
        yield Uint8Array.of(byte)
    }
    const kinds = []
    for await (const each of readDossiers(pieces())) kinds.push(each)
    expect(kinds).toMatchObject([{ kind: 'refused', findings: [{ rule: 'BHYT-READ-1' }] }])
  })
})

describe('what would fill the memory', () => {
  async function* endless(start: string, again: string): AsyncGenerator<Uint8Array> {
    yield bytes(start)
    const piece = bytes(again.repeat(Math.ceil(65_536 / again.length)))
    while (true) yield piece
  }

  test.each([
    ['elements', '<GIAMDINHHS><THONGTINHOSO><DANHSACHHOSO><HOSO>', '<a/>'],
    ['text', '<GIAMDINHHS><THONGTINHOSO><DANHSACHHOSO><HOSO><FILEHOSO><NOIDUNGFILE>', 'QUJD'],
    ['an attribute', '<GIAMDINHHS a="', 'x'],
    ['a comment', '<GIAMDINHHS><!--', 'x'],
    ['a DOCTYPE', '<!DOCTYPE a [', '<!ENTITY b "c">'],
  ])('%s without an end refuses the file', { timeout: 20_000 }, async (_what, start, again) => {
    let last: string | undefined
    for await (const each of readDossiers(endless(start, again))) last = each.kind
    expect(last).toBe('refused')
  })
})

describe.skipIf(!hasSamples)('attacks as lines of text (skipped where ../shared/data is absent)', () => {
  test('each is refused, outside and inside', () => {
    const lines = attacks()
      .flatMap(({ bytes: content }) => new TextDecoder().decode(content).split('\n'))
      .filter((line) => line.includes('<!DOCTYPE') || line.includes('<!ENTITY'))
    for (const line of lines) {
      const within = envelope(hoso(fileOf('XML1', Buffer.from(line + SUMMARY).toString('base64'))))
      expect(readDossierFile(bytes(line)).ok).toBe(false)
      expect(readDossierFile(bytes(within)).ok).toBe(false)
    }
    expect(lines.length).toBeGreaterThan(0)
  })
})

import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import type { TableId } from '../format/table.ts'
import { attacks, expected, hasSamples, manifest, sample } from '../samples-for-test.ts'
import type { Finding, ReadFile } from '../types.ts'
import { readDossierFile, readDossiers } from './read-file.ts'

const SUMMARY = '<TONG_HOP><MA_LK>LK1</MA_LK><HO_TEN>Nguyễn Thị Thử &amp; Nghiệm</HO_TEN></TONG_HOP>'
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const base64 = (text: string): string => Buffer.from(text, 'utf8').toString('base64')
const fileOf = (kind: string, content: string): string =>
  `<FILEHOSO><LOAIHOSO>${kind}</LOAIHOSO><NOIDUNGFILE>${content}</NOIDUNGFILE></FILEHOSO>`
const envelope = (hoso: string, count = '<SOLUONGHOSO>1</SOLUONGHOSO>'): string =>
  `<?xml version="1.0" encoding="utf-8"?><GIAMDINHHS><THONGTINDONVI><MACSKCB>00999</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20250102</NGAYLAP>${count}<DANHSACHHOSO>${hoso}</DANHSACHHOSO></THONGTINHOSO><CHUKYDONVI></CHUKYDONVI></GIAMDINHHS>`
const hoso = (...files: string[]): string => `<HOSO>${files.join('')}</HOSO>`

function read(text: string): Extract<ReadFile, { ok: true }> {
  const file = readDossierFile(bytes(text))
  if (!file.ok) throw new Error(`refused: ${file.refused.map(({ rule }) => rule).join()}`)
  return file
}

const refusedBy = (content: Uint8Array | string): readonly Finding[] => {
  const file = readDossierFile(typeof content === 'string' ? bytes(content) : content)
  return file.ok ? [] : file.refused
}

const rulesOf = (file: Extract<ReadFile, { ok: true }>): readonly string[] =>
  [...file.findings, ...file.dossiers.flatMap(({ findings }) => findings)].map(({ rule }) => rule)

describe('what is taken', () => {
  test.each([
    ['base64', base64(SUMMARY)],
    ['base64 in lines', base64(SUMMARY).replace(/(.{40})/g, '$1\r\n')],
    ['base64 of a document with a byte order mark', base64(`\uFEFF${SUMMARY}`)],
    ['nested elements', SUMMARY],
    ['CDATA', `<![CDATA[${SUMMARY}]]>`],
  ])('an inner document as %s', (_form, content) => {
    const [first] = read(envelope(hoso(fileOf('XML1', content)))).dossiers
    expect(first?.dossier.facility).toBe('00999')
    expect(first?.dossier.visit).toBe('LK1')
    expect(first?.dossier.tables.XML1?.[0]?.values.HO_TEN).toBe('Nguyễn Thị Thử & Nghiệm')
  })

  test.each(['XML1', '1', '01', 'xml1'])('LOAIHOSO written as %s', (kind) => {
    expect(read(envelope(hoso(fileOf(kind, base64(SUMMARY))))).dossiers[0]?.dossier.tables.XML1).toHaveLength(1)
  })

  test('BHYT-READ-16 an element that no decision knows is kept and reported', () => {
    const file = read(envelope(hoso(fileOf('XML1', '<TONG_HOP><MA_LK>1</MA_LK><LA>ạ</LA></TONG_HOP>'))))
    expect(file.dossiers[0]?.dossier.tables.XML1?.[0]?.unknown).toEqual({ LA: 'ạ' })
    expect(rulesOf(file)).toEqual(['BHYT-READ-16'])
  })

  test('BHYT-READ-17 names from before decision 3176 are renamed', () => {
    const transfer =
      '<CHI_TIEU_GIAYCHUYENTUYEN><MA_LK>LK1</MA_LK><MA_NOI_DI>00998</MA_NOI_DI></CHI_TIEU_GIAYCHUYENTUYEN>'
    const file = read(envelope(hoso(fileOf('XML1', SUMMARY), fileOf('XML13', transfer))))
    expect(file.dossiers[0]?.dossier.tables.XML13?.[0]?.values.MA_CSKCB_DI).toBe('00998')
    expect(rulesOf(file)).toEqual(['BHYT-READ-17'])
  })

  test('BHYT-READ-20 decision 4210: renamed, recoded with the old code kept, one price in both', () => {
    const summary =
      '<TONG_HOP><MA_LK>1</MA_LK><MA_THE>DN4010000000001</MA_THE><MA_LYDO_VVIEN>4</MA_LYDO_VVIEN><MA_LOAI_KCB>3</MA_LOAI_KCB></TONG_HOP>'
    const services =
      '<DSACH_CHI_TIET_DVKT><CHI_TIET_DVKT><MA_LK>1</MA_LK><DON_GIA>1.5</DON_GIA></CHI_TIET_DVKT></DSACH_CHI_TIET_DVKT>'
    const file = read(envelope(hoso(fileOf('XML1', summary), fileOf('XML3', services))))
    const { tables, decision } = file.dossiers[0]?.dossier ?? {}
    expect(decision).toBe('4210')
    expect(tables?.XML1?.[0]?.values).toMatchObject({
      MA_THE_BHYT: 'DN4010000000001',
      MA_LOAI_KCB: '03',
      MA_DOITUONG_KCB: '4',
    })
    expect(tables?.XML1?.[0]?.unknown).toEqual({ MA_LYDO_VVIEN: '4', MA_LOAI_KCB: '3' })
    expect(tables?.XML3?.[0]?.values).toMatchObject({ DON_GIA_BV: '1.5', DON_GIA_BH: '1.5' })
    expect(rulesOf(file)).toEqual(['BHYT-READ-20'])
  })
})

describe('what is reported and what is refused', () => {
  test.each([
    ['BHYT-READ-11', envelope(hoso(fileOf('XML1', SUMMARY)), '<SOLUONGHOSO>2</SOLUONGHOSO>')],
    ['BHYT-READ-12', envelope(hoso(fileOf('XML1', SUMMARY)), '')],
    ['BHYT-READ-13', envelope(hoso(fileOf('XML1', SUMMARY), fileOf('XML99', SUMMARY)))],
    ['BHYT-READ-14', envelope(hoso(fileOf('XML1', SUMMARY), fileOf('XML1', SUMMARY)))],
    ['BHYT-READ-15', envelope(hoso(fileOf('XML1', SUMMARY)).repeat(2), '<SOLUONGHOSO>2</SOLUONGHOSO>')],
    ['BHYT-READ-18', envelope(hoso(fileOf('XML1', '<TONG_HOP><MA_LK>1</MA_LK><HO_TEN><b>x</b></HO_TEN></TONG_HOP>')))],
    ['BHYT-READ-19', envelope(hoso(fileOf('XML1', '<TONG_HOP><MA_LK>1</MA_LK><STT>1</STT><STT>2</STT></TONG_HOP>')))],
    ['BHYT-READ-21', envelope(hoso(fileOf('XML2', '<CHITIEU_CHITIET_THUOC/>')))],
  ])('%s is said of a file that is read', (rule, text) => {
    expect(rulesOf(read(text))).toEqual([rule])
  })

  test.each([
    ['BHYT-READ-1', new Uint8Array([0x3c, 0x61, 0xff, 0x3e])],
    ['BHYT-READ-1', '<?xml version="1.0" encoding="windows-1258"?><GIAMDINHHS/>'],
    ['BHYT-READ-2', '<GIAMDINHHS><THONGTINHOSO>'],
    ['BHYT-READ-2', ''],
    ['BHYT-READ-2', '{"resourceType":"Bundle"}'],
    ['BHYT-READ-3', '<!DOCTYPE GIAMDINHHS [<!ENTITY a "b">]><GIAMDINHHS>&a;</GIAMDINHHS>'],
    ['BHYT-READ-4', `<GIAMDINHHS>${'<a>'.repeat(10_000)}`],
    ['BHYT-READ-5', '<TONG_HOP><MA_LK>1</MA_LK></TONG_HOP>'],
    ['BHYT-READ-6', envelope('')],
    ['BHYT-READ-7', envelope(hoso(fileOf('XML1', base64(SUMMARY).slice(0, 30))))],
    [
      'BHYT-READ-8',
      envelope(
        hoso(fileOf('XML1', Buffer.from('<TONG_HOP><HO_TEN>\xff</HO_TEN></TONG_HOP>', 'latin1').toString('base64'))),
      ),
    ],
    ['BHYT-READ-9', envelope(hoso(fileOf('XML1', base64('<TONG_HOP><DIA_CHI>a & b</DIA_CHI></TONG_HOP>'))))],
    ['BHYT-READ-10', envelope(hoso(fileOf('XML2', base64(SUMMARY))))],
  ])('%s refuses the file', (rule, content) => {
    expect(refusedBy(content).map((finding) => finding.rule)).toEqual([rule])
  })

  test('the field in which the trouble stands is named', () => {
    const inner = base64('<TONG_HOP><DIA_CHI>a & b</DIA_CHI></TONG_HOP>')
    expect(refusedBy(envelope(hoso(fileOf('XML1', inner))))[0]).toMatchObject({ table: 'XML1', field: 'DIA_CHI' })
  })
})

describe('in pieces', () => {
  async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
    const all = bytes(text)
    for (let at = 0; at < all.length; at += size) yield all.subarray(at, at + size)
  }

  test.each([1, 7, 4096])('of %i bytes a file says what it says whole', async (size) => {
    const text = `\uFEFF${envelope(hoso(fileOf('XML1', base64(SUMMARY)), fileOf('XML1', SUMMARY)) + hoso(fileOf('1', SUMMARY)))}`
    const whole = read(text)
    const out = []
    for await (const each of readDossiers(pieces(text, size))) out.push(each)
    expect(out.slice(0, -1)).toEqual(whole.dossiers.map((dossier) => ({ kind: 'dossier', read: dossier })))
    expect(out.at(-1)).toEqual({ kind: 'end', findings: whole.findings })
  })

  test('nothing of a dossier stays in memory once it was read', { timeout: 60_000 }, async () => {
    setFlagsFromString('--expose-gc')
    const collect = runInNewContext('gc') as () => void
    const heap = (): number => {
      collect()
      return process.memoryUsage().heapUsed
    }
    async function* many(): AsyncGenerator<Uint8Array> {
      const [head = '', tail = ''] = envelope('#', '').split('#')
      yield bytes(head)
      for (let n = 0; n < 2000; n++) {
        const summary = `<TONG_HOP><MA_LK>LK00999.00${100_000 + n}</MA_LK><GHI_CHU>${'x'.repeat(20_000)}</GHI_CHU></TONG_HOP>`
        yield bytes(hoso(fileOf('XML1', base64(summary))))
      }
      yield bytes(tail)
    }
    let dossiers = 0
    let early = 0
    for await (const each of readDossiers(many())) {
      if (each.kind === 'dossier') dossiers++
      if (dossiers === 200 && early === 0) early = heap()
    }
    expect(dossiers).toBe(2000)
    // 36 MB of summaries went by
    expect(heap() - early).toBeLessThan(5 * 2 ** 20)
  })

  test('a file that is cut ends with a refusal', async () => {
    const out = []
    const text = envelope(hoso(fileOf('XML1', SUMMARY)))
    for await (const each of readDossiers(pieces(text.slice(0, -20), 50))) out.push(each.kind)
    expect(out.at(-1)).toBe('refused')
  })
})

describe.skipIf(!hasSamples)('outside samples (skipped where ../shared/data/bhxh-samples is absent)', () => {
  test.each(manifest.valid.concat(manifest.lenient).map(({ file }) => file))('%s is read', (file) => {
    const result = readDossierFile(sample(file))
    expect(
      result.ok && result.dossiers.flatMap(({ findings }) => findings).filter((f) => f.severity !== 'warning'),
    ).toEqual([])
  })

  test.each(expected)('$file has the rows and totals that are expected', ({ file, maLk, rows, totals }) => {
    const result = readDossierFile(sample(file))
    const dossier = result.ok ? result.dossiers[0]?.dossier : undefined
    expect(dossier?.visit).toBe(maLk)
    for (const [table, count] of Object.entries(rows)) expect(dossier?.tables[table as TableId]).toHaveLength(count)
    expect(dossier?.tables.XML1?.[0]?.values).toMatchObject(totals)
  })

  test('documents made to attack a reader are refused', () => {
    const all = attacks()
    const taken = all.filter(({ bytes: content }) => refusedBy(content).length === 0).map(({ name }) => name)
    expect(taken).toEqual([])
    expect(all.length).toBeGreaterThan(0)
  })
})

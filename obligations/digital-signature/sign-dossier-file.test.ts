import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { belongsTogether, NO_LEGAL_VALUE, signDossierFile, verifyDossierFile } from './index.ts'
import { aFile, aKey, NOW } from './keys-for-test.ts'

const key = aKey()
const folder = mkdtempSync(join(tmpdir(), 'lanh-signature-'))
afterAll(() => rmSync(folder, { recursive: true }))

const has = (program: string): boolean => spawnSync(program, ['--version']).error === undefined

/** @returns whether xmlsec1 accepts the signature and the certificate */
function xmlsec1Accepts(xml: string): boolean {
  const [file, trusted] = [join(folder, 'signed.xml'), join(folder, 'trusted.pem')]
  writeFileSync(file, xml)
  writeFileSync(trusted, key.certificate)
  return spawnSync('xmlsec1', ['--verify', '--trusted-pem', trusted, file]).status === 0
}

const FILES = {
  'as our writer makes it': aFile(),
  'with an empty element tag': aFile().replace('<CHUKYDONVI></CHUKYDONVI>', '<CHUKYDONVI/>'),
  'without line breaks': aFile().replace(/\n\s*/g, ''),
  'with line breaks of Windows': aFile().replaceAll('\n', '\r\n'),
  'with namespaces and attributes out of order': aFile().replace(
    '<GIAMDINHHS>',
    `<GIAMDINHHS xmlns:xsi='http://www.w3.org/2001/XMLSchema-instance' z="1" xmlns:xsd="http://www.w3.org/2001/XMLSchema" a='"&lt;&#9;'>`,
  ),
  'with entities, CDATA, comments and instructions': aFile().replace(
    '<THONGTINHOSO>',
    '<?máy in?><!-- ghi chú --><GHI_CHU>Nguyễn &amp; &#x1EA1; &gt; <![CDATA[<&>]]>&#13;</GHI_CHU><THONGTINHOSO>',
  ),
  'a check-in message':
    '<CHI_TIEU_TRANG_THAI_KCB><DSACH_TRANG_THAI_KCB><TRANG_THAI_KCB><MA_LK>1</MA_LK></TRANG_THAI_KCB>' +
    '</DSACH_TRANG_THAI_KCB><CHUKYDONVI/></CHI_TIEU_TRANG_THAI_KCB>',
}

describe('what we sign', () => {
  test.each(Object.entries(FILES))('%s is valid and nothing else of it changed', (_name, file) => {
    const signed = signDossierFile(file, key)
    expect(verifyDossierFile(signed, { at: NOW, trusted: [key.certificate] })).toMatchObject({ valid: true })
    expect(signed.replace(/<CHUKYDONVI>.*<\/CHUKYDONVI>/s, '')).toBe(
      file.replace(/<CHUKYDONVI(\/>|><\/CHUKYDONVI>)/, ''),
    )
  })

  test.skipIf(!has('xmlsec1'))('xmlsec1 accepts each of them (skipped where xmlsec1 is not installed)', () => {
    for (const [name, file] of Object.entries(FILES)) {
      expect([name, xmlsec1Accepts(signDossierFile(file, key))]).toEqual([name, true])
    }
    expect(xmlsec1Accepts(signDossierFile(aFile(), key).replace('00901', '00902'))).toBe(false)
  })

  test.each([
    ['nothing to sign in', '<A/>'],
    ['two places', aFile().replace('</GIAMDINHHS>', '<CHUKYDONVI/></GIAMDINHHS>')],
    ['a place below the root', '<A><B><CHUKYDONVI/></B></A>'],
    ['signed already', signDossierFile(aFile(), key)],
    ['not XML', aFile().replace('</HOSO>', '')],
    ['a DOCTYPE', aFile().replace('<GIAMDINHHS>', '<!DOCTYPE GIAMDINHHS><GIAMDINHHS>')],
  ])('a file with %s is not signed', (_why, file) => {
    expect(() => signDossierFile(file, key)).toThrow('A file to be signed')
  })

  test('a short key signs nothing', () => {
    expect(() => signDossierFile(aFile(), aKey(undefined, undefined, 1024))).toThrow('2048 bits')
  })
})

describe('the test certificate', () => {
  test('says so in its subject, and openssl reads it', () => {
    const file = join(folder, 'test.pem')
    writeFileSync(file, key.certificate)
    const asked = ['x509', '-in', file, '-noout', '-subject', '-dates', '-nameopt', 'utf8,sep_comma_plus']
    const said = execFileSync('openssl', asked, { encoding: 'utf8' })
    expect(said).toContain(`O=${NO_LEGAL_VALUE},CN=TEST 00901`)
    expect(said).toContain('notAfter=Jan  1 00:00:00 2036 GMT')
    expect(spawnSync('openssl', ['verify', '-CAfile', file, '-x509_strict', file]).status).toBeTypeOf('number')
  })

  test('belongs to its key and to no other', () => {
    expect(belongsTogether(key)).toBe(true)
    expect(belongsTogether({ ...key, privateKey: aKey().privateKey })).toBe(false)
  })

  test('whoever meets it is told that it has no legal value', () => {
    const verdict = verifyDossierFile(signDossierFile(aFile(), key), { at: NOW })
    expect(verdict.signer).toMatchObject({ test: true, trusted: null })
    expect(verdict.findings.map(({ rule, severity }) => [rule, severity])).toEqual([
      ['SIG-15', 'warning'],
      ['SIG-16', 'warning'],
    ])
  })
})

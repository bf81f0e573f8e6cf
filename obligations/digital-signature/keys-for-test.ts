import { generateKeyPairSync } from 'node:crypto'
import type { SigningKey } from './sign-dossier-file.ts'
import { testCertificate } from './test-certificate.ts'

/** When the tests happen. */
export const NOW = new Date('2026-11-24T03:00:00Z')

/** A key with a test certificate. @param from, to when it is in force */
export function aKey(from = '2026-01-01T00:00:00Z', to = '2036-01-01T00:00:00Z', bits = 2048): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: bits })
  const serial = Buffer.from('00112233445566778899aabbccddeeff', 'hex')
  const certificate = testCertificate({ privateKey, facility: '00901', from: new Date(from), to: new Date(to), serial })
  return { privateKey, certificate }
}

/** An unsigned dossier file of a facility that does not exist. */
export const aFile = (content = 'PFRPTkdfSE9QPjwvVE9OR19IT1A+'): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<GIAMDINHHS>\n  <THONGTINDONVI><MACSKCB>00901</MACSKCB></THONGTINDONVI>\n` +
  `  <THONGTINHOSO><NGAYLAP>20261124</NGAYLAP><SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO><FILEHOSO>` +
  `<LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>${content}</NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO>\n` +
  `  <CHUKYDONVI></CHUKYDONVI>\n</GIAMDINHHS>\n`

import { readCheckIn, readDossierFile } from '#obligations/health-insurance'
import { verifyDossierFile } from '#obligations/digital-signature'

/** What the fake portal answers to a file. */
export interface Judgement {
  /** maKetQua */
  readonly code: '200' | '205' | '403' | '100'
  readonly message: string
  /** MA_LK of each dossier in it */
  readonly visits: readonly string[]
}

const refused = (code: Judgement['code'], message: string): Judgement => ({ code, message, visits: [] })

/** Whether the file is signed as it must be. */
function judgeSignature(bytes: Buffer): Judgement | null {
  const { findings } = verifyDossierFile(bytes.toString('utf8'), { at: new Date() })
  const wrong = findings.find(({ severity }) => severity === 'error')
  return wrong ? refused('100', `${wrong.rule} ${wrong.message.vi}`) : null
}

/** The message that somebody came: one row or more, of this facility, signed. */
export function judgeCheckIn(base64: string, facility: string, wantsSignature: boolean): Judgement {
  const bytes = Buffer.from(base64, 'base64')
  const file = readCheckIn(bytes)
  if (base64 === '' || !file.ok) return refused('205', 'fileHSBase64 không phải bản tin vào khám')
  const rows = file.dossiers.flatMap(({ dossier }) => dossier.tables.XML0 ?? []).map(({ values }) => values)
  if (rows.some(({ MA_CSKCB }) => MA_CSKCB !== facility))
    return refused('403', 'Mã cơ sở trong bản tin khác mã cơ sở của tài khoản')
  const wrong = wantsSignature ? judgeSignature(bytes) : null
  return wrong ?? { code: '200', message: 'Tiếp nhận', visits: rows.map(({ MA_LK = '' }) => MA_LK) }
}

/** @param base64 as it came in the form @param facility maCSKCB of the account */
export function judgeFile(base64: string, facility: string, wantsSignature: boolean): Judgement {
  if (base64 === '' || !/^[A-Za-z0-9+/\s]+={0,2}\s*$/.test(base64))
    return refused('205', 'fileHSBase64 không phải base64')
  const bytes = Buffer.from(base64, 'base64')
  const file = readDossierFile(bytes)
  if (!file.ok) return refused('100', file.refused[0]?.message ?? 'Tệp không đọc được')
  if (file.dossiers.length !== 1) return refused('100', 'Mỗi tệp gửi một hồ sơ')
  const [{ dossier }] = file.dossiers as [(typeof file.dossiers)[0]]
  if (dossier.facility !== facility) return refused('403', 'Mã cơ sở trong hồ sơ khác mã cơ sở của tài khoản')
  if (wantsSignature) {
    const wrong = judgeSignature(bytes)
    if (wrong) return wrong
  }
  return { code: '200', message: 'Tiếp nhận hồ sơ thành công', visits: [dossier.visit] }
}

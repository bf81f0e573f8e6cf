/** The certificate that browsers see: read, looked at, and read again when its files change. */
import { createPrivateKey, X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import type { Server as HttpsServer } from 'node:https'
import { WrongUse } from '../settings.ts'
import { secureContext } from './server-options.ts'

export interface Certificate {
  /** PEM: ours, those of the issuers behind it */
  readonly chain: string
  /** PEM */
  readonly key: string
  readonly validTo: Date
}

/** What `Settings` says of it. */
export interface TlsSettings {
  readonly tlsCertificate: string
  readonly tlsKey: string
}

/**
 * @returns null where the settings name none
 * @throws WrongUse where a file cannot be read, is none, or they do not belong together
 */
export async function readCertificate({ tlsCertificate, tlsKey }: TlsSettings): Promise<Certificate | null> {
  if (!tlsCertificate && !tlsKey) return null
  if (!tlsCertificate || !tlsKey) throw new WrongUse('LANH_TLS_CERTIFICATE and LANH_TLS_KEY are given together')
  const [chain, key] = await Promise.all([
    readSetting('LANH_TLS_CERTIFICATE', tlsCertificate),
    readSetting('LANH_TLS_KEY', tlsKey),
  ])
  return checked(chain, key)
}

const readSetting = (name: string, path: string): Promise<string> =>
  readFile(path, 'utf8').catch(() => {
    throw new WrongUse(`${name} cannot be read`)
  })

function checked(chain: string, key: string): Certificate {
  const certificate = parsed('LANH_TLS_CERTIFICATE is no certificate in PEM', () => new X509Certificate(chain))
  const privateKey = parsed('LANH_TLS_KEY is no private key in PEM without a passphrase', () => createPrivateKey(key))
  if (!certificate.checkPrivateKey(privateKey))
    throw new WrongUse('LANH_TLS_CERTIFICATE is not the certificate of LANH_TLS_KEY')
  return { chain, key, validTo: certificate.validToDate }
}

function parsed<T>(sentence: string, work: () => T): T {
  try {
    return work()
  } catch {
    throw new WrongUse(sentence)
  }
}

/** How often the files are looked at; programs that renew certificates replace them days before the old one ends. */
const LOOKED_AT = 30_000

/** A certificate that ends so soon should have been renewed already. */
const SOON = 7 * 86_400_000

export interface Watching {
  /** looks now, and does not wait for the next time */
  look(): Promise<void>
  stop(): void
}

/**
 * Takes a renewed certificate while the server runs: new connections see it, old ones go on. Files that do not fit each
 * other, as in the middle of a renewal, are left until they do.
 * @param onProblem a sentence, said once until it changes
 */
export function keepCertificateFresh(
  server: HttpsServer,
  settings: TlsSettings,
  first: Certificate,
  onProblem: (sentence: string) => void,
  every = LOOKED_AT,
): Watching {
  let used = first
  let said = ''
  const say = (sentence: string): void => {
    if (sentence !== said && sentence !== '') onProblem(sentence)
    said = sentence
  }
  async function look(): Promise<void> {
    try {
      const found = await readCertificate(settings)
      if (found !== null && (found.chain !== used.chain || found.key !== used.key)) {
        server.setSecureContext(secureContext(found))
        used = found
      }
      const ends = used.validTo.toISOString().slice(0, 10)
      say(used.validTo.getTime() - Date.now() < SOON ? `the certificate of LANH_TLS_CERTIFICATE ends on ${ends}` : '')
    } catch (fault) {
      say(`the certificate was not renewed: ${fault instanceof WrongUse ? fault.message : 'it cannot be used'}`)
    }
  }
  const timer = setInterval(() => void look(), every)
  timer.unref()
  return { look, stop: () => clearInterval(timer) }
}

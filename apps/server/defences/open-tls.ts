import type { Server as HttpsServer } from 'node:https'
import type { FastifyInstance } from 'fastify'
import { type Settings, WrongUse } from '../settings.ts'
import { acmeDoor } from './acme-door.ts'
import { type Certificate, keepCertificateFresh, readCertificate } from './certificate.ts'

export interface Tls {
  /** null: plain http */
  readonly certificate: Certificate | null
  /** Renews the certificate of a server that listens, and opens the door of ACME where the settings name a folder. */
  readonly start: (app: FastifyInstance) => Promise<void>
  readonly close: () => Promise<void>
}

export interface TlsOptions {
  readonly settings: Pick<Settings, 'tlsCertificate' | 'tlsKey' | 'tlsAcmeFolder' | 'origin' | 'host'>
  /** a sentence for the log, without data of anybody */
  readonly onProblem: (sentence: string) => void
  /** of the door of ACME; authorities ask at no other one */
  readonly port?: number
}

/**
 * TLS of a running hospital.
 * @throws WrongUse where the files of the settings do not fit, or a folder of ACME is named without an address
 */
export async function openTls({ settings, onProblem, port = 80 }: TlsOptions): Promise<Tls> {
  const certificate = await readCertificate(settings)
  const { tlsAcmeFolder: folder, origin, host } = settings
  if (folder && !origin.startsWith('https://'))
    throw new WrongUse(
      'LANH_TLS_ACME_FOLDER needs LANH_ORIGIN: the address that people open, such as https://emr.example.vn',
    )
  const door = folder ? acmeDoor({ folder, origin }) : null
  const closing: (() => void)[] = []
  return {
    certificate,
    async start(app) {
      if (certificate !== null) {
        const server = app.server as unknown as HttpsServer
        closing.push(keepCertificateFresh(server, settings, certificate, onProblem).stop)
      }
      if (door === null) return
      await new Promise<void>((resolve, reject) => {
        door.once('error', (fault: NodeJS.ErrnoException) =>
          reject(new WrongUse(`port ${port}, for LANH_TLS_ACME_FOLDER, cannot be used (${fault.code})`)),
        )
        door.listen(port, host, resolve)
      })
      closing.push(() => door.closeAllConnections())
    },
    async close() {
      for (const one of closing.splice(0)) one()
      if (door?.listening) await new Promise((resolve) => door.close(resolve))
    },
  }
}

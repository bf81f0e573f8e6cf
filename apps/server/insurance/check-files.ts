import { checkDossier } from '#obligations/health-insurance'
import type { DossierFile } from './dossier-files.ts'
import { unreadable } from './file-findings.ts'
import { readFileOfDossiers } from './read-file.ts'
import type { Reported } from './report.ts'

/**
 * Every dossier of a file with what is wrong with it. What concerns the file as a whole is told with its last dossier,
 * or alone where the file was refused.
 */
export async function* checkFile(file: DossierFile): AsyncGenerator<Reported> {
  let last: Reported | null = null
  try {
    for await (const each of readFileOfDossiers(file)) {
      if (each.kind === 'dossier') {
        if (last !== null) yield last
        const { dossier, findings } = each.read
        last = { file: file.path, dossier: dossier.visit, findings: [...findings, ...checkDossier(dossier)] }
      } else if (each.kind === 'refused' || last === null) {
        last = { file: file.path, dossier: null, findings: each.findings }
      } else {
        last = { ...last, findings: [...each.findings, ...last.findings] }
      }
    }
  } catch (error) {
    last = { file: file.path, dossier: null, findings: [unreadable(codeOf(error))] }
  }
  if (last !== null) yield last
}

/** @throws what is no error of the system */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'syscall' in error && 'code' in error) return String(error.code)
  throw error
}

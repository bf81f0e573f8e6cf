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
  // Held back, for what comes after it may be about the file that it ends.
  const held: Reported[] = []
  try {
    for await (const each of readFileOfDossiers(file)) {
      if (each.kind === 'dossier') {
        yield* held.splice(0)
        const { dossier, findings } = each.read
        held.push({ file: file.path, dossier: dossier.visit, findings: [...findings, ...checkDossier(dossier)] })
        continue
      }
      const [last] = each.kind === 'end' ? held.splice(0) : []
      held.splice(0)
      held.push(
        last
          ? { ...last, findings: [...each.findings, ...last.findings] }
          : { file: file.path, dossier: null, findings: each.findings },
      )
    }
  } catch (error) {
    held.splice(0)
    held.push({ file: file.path, dossier: null, findings: [unreadable(codeOf(error))] })
  }
  yield* held
}

/** @throws what is no error of the system */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'syscall' in error && 'code' in error) return String(error.code)
  throw error
}

import { readFileSync } from 'node:fs'
import { checkDossier, readDossierFile } from '#obligations/health-insurance'
import type { DossierFile } from './dossier-files.ts'
import { unreadable } from './file-findings.ts'
import { type FromFile, fromWhole, readFileOfDossiers } from './read-file.ts'
import type { Reported } from './report.ts'

/**
 * Every dossier of a file with what is wrong with it, of a file of any size. What concerns the file as a whole is told
 * with its last dossier, or alone where the file was refused.
 */
export async function* checkLargeFile(file: DossierFile): AsyncGenerator<Reported> {
  const telling = new Telling(file.path)
  try {
    for await (const each of readFileOfDossiers(file)) yield* telling.next(each)
  } catch (error) {
    yield* telling.failed(error)
  }
}

/** The same of a file that fits into memory, at once: a hundred thousand small files are not waited for one by one. */
export function checkFile(path: string): readonly Reported[] {
  const telling = new Telling(path)
  try {
    return [...fromWhole(readDossierFile(readFileSync(path)))].flatMap((each) => telling.next(each))
  } catch (error) {
    return telling.failed(error)
  }
}

class Telling {
  readonly #file: string
  /** The latest dossier is held back, for what comes after it may be about the file that it ends. */
  #held: Reported | null = null

  constructor(file: string) {
    this.#file = file
  }

  /** @returns what can be told now */
  next(each: FromFile): readonly Reported[] {
    const before = this.#held === null ? [] : [this.#held]
    this.#held = null
    if (each.kind === 'dossier') {
      const { dossier, findings } = each.read
      this.#held = { file: this.#file, dossier: dossier.visit, findings: [...findings, ...checkDossier(dossier)] }
      return before
    }
    const [last] = each.kind === 'end' ? before : []
    return [
      last
        ? { ...last, findings: [...each.findings, ...last.findings] }
        : { file: this.#file, dossier: null, findings: each.findings },
    ]
  }

  /** @throws what is no error of the system */
  failed(error: unknown): readonly Reported[] {
    return [{ file: this.#file, dossier: null, findings: [unreadable(codeOf(error))] }]
  }
}

/** @throws what is no error of the system */
export function codeOf(error: unknown): string {
  if (error instanceof Error && 'syscall' in error && 'code' in error) return String(error.code)
  throw error
}

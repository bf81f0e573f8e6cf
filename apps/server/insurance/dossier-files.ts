import { statSync } from 'node:fs'
import { opendir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { WrongUse } from '../settings.ts'

/** A file that may hold dossiers. */
export interface DossierFile {
  readonly path: string
  /** bytes on the disk */
  readonly size: number
}

const ENDING = /\.xml$/i

const PROBLEMS: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file or folder',
  ENOTDIR: 'there is no such file or folder',
  EACCES: 'this user may not read it',
}

/** Refuses paths that cannot be read before anything is begun. @throws WrongUse */
export async function refuseUnreadable(paths: readonly string[]): Promise<void> {
  for (const path of paths) {
    await stat(path).catch((error: NodeJS.ErrnoException) => {
      throw new WrongUse(`${path} cannot be read: ${PROBLEMS[error.code ?? ''] ?? error.code}`)
    })
  }
}

/**
 * What paths of the command line name: files whatever they are called, and every .xml file below folders. One at a time:
 * a folder of a million is never a list in memory. Links inside folders are not followed, so that no circle is walked.
 */
export async function* dossierFiles(paths: readonly string[]): AsyncGenerator<DossierFile> {
  for (const path of paths) {
    const found = await stat(path)
    if (found.isDirectory()) yield* below(path)
    else yield { path, size: found.size }
  }
}

async function* below(folder: string): AsyncGenerator<DossierFile> {
  const deeper: string[] = []
  for await (const entry of await opendir(folder, { bufferSize: 512 })) {
    const path = join(folder, entry.name)
    if (entry.isDirectory()) deeper.push(path)
    else if (entry.isFile() && ENDING.test(entry.name)) yield { path, size: statSync(path).size }
  }
  for (const path of deeper.toSorted()) yield* below(path)
}

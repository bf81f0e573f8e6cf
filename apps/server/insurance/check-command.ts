import { once } from 'node:events'
import { relative } from 'node:path'
import { duration, Progress } from '../progress.ts'
import { type Settings, WrongUse } from '../settings.ts'
import { checkFiles } from './check-lanes.ts'
import { type DossierFile, dossierFiles, refuseUnreadable } from './dossier-files.ts'
import { findingLines, isFaulty, jsonLine, type Reported } from './report.ts'
import { openReport } from './report-file.ts'

/** `lanh bhxh check PATH…` @returns 1 when any finding is a reject or an error */
export async function checkCommand({ json, csv }: Settings, paths: readonly string[]): Promise<number> {
  if (paths.length === 0) throw new WrongUse('bhxh check needs a file or a folder: lanh bhxh check PATH…')
  await refuseUnreadable(paths)
  const report = await openReport(csv)
  const progress = new Progress('dossiers')
  const counts = { files: 0, dossiers: 0, faulty: 0, refused: 0, warnings: 0 }
  for await (const some of checkFiles(counted(dossierFiles(paths), counts))) {
    for (const reported of some) {
      count(counts, reported)
      await report.add(reported)
    }
    await print(some.map((reported) => (json ? `${jsonLine(reported)}\n` : told(reported))).join(''))
    progress.at(counts.dossiers, { share: 0 })
  }
  await report.close()
  const seconds = progress.end()
  if (counts.files === 0) throw new WrongUse(`no .xml file is in ${paths.join(', ')}`)
  if (!json) await print(`${summary(counts)} in ${duration(seconds)} (${rate(counts.dossiers, seconds)}/s)\n`)
  return counts.faulty + counts.refused > 0 ? 1 : 0
}

type Counts = Record<'files' | 'dossiers' | 'faulty' | 'refused' | 'warnings', number>

async function* counted(files: AsyncIterable<DossierFile>, counts: Counts): AsyncGenerator<DossierFile> {
  for await (const file of files) {
    counts.files++
    yield file
  }
}

function count(counts: Counts, { dossier, findings }: Reported): void {
  if (dossier === null) counts.refused++
  else counts.dossiers++
  if (dossier !== null && isFaulty(findings)) counts.faulty++
  counts.warnings += findings.filter(({ severity }) => severity === 'warning').length
}

function told({ file, dossier, findings }: Reported): string {
  const name = relative(process.cwd(), file)
  const verdict = dossier === null ? '✗ refused' : isFaulty(findings) ? '✗' : findings.length > 0 ? '!' : '✓'
  return `${verdict} ${name}${dossier === null ? '' : ` ${dossier}`}\n${findingLines(findings)}`
}

const summary = ({ files, dossiers, faulty, refused, warnings }: Counts): string =>
  `Files: ${files}, refused: ${refused}. Dossiers: ${dossiers}, with errors: ${faulty}. Warnings: ${warnings}`

const rate = (count: number, seconds: number): string =>
  Math.round(count / Math.max(seconds, 0.001)).toLocaleString('en-US')

/** Waits for a slow reader, so that a million lines do not pile up here. */
export async function print(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain')
}

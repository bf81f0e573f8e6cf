import { relative } from 'node:path'
import { listenForEnding } from '../ending.ts'
import { withHospital } from '../open-hospital.ts'
import { duration, Progress } from '../progress.ts'
import { type Settings, WrongUse } from '../settings.ts'
import { dossierFiles, refuseUnreadable } from './dossier-files.ts'
import { type ImportedFile, importFiles } from './import-files.ts'
import { findingLines, isFaulty } from './report.ts'
import { openReport, type ReportFile } from './report-file.ts'
import { switchedOff } from './rule-switches.ts'

/** `lanh bhxh import PATH…` @returns 1 when a file was refused, 130 when it was ended before it was done */
export async function importCommand(settings: Settings, paths: readonly string[]): Promise<number> {
  if (paths.length === 0) throw new WrongUse('bhxh import needs a file or a folder: lanh bhxh import PATH…')
  await refuseUnreadable(paths)
  const bytes = await sizeOf(paths)
  const report = await openReport(settings.csv)
  const ending = listenForEnding()
  const counts: Counts = {
    files: 0,
    imported: 0,
    already: 0,
    refused: 0,
    cancelled: 0,
    dossiers: 0,
    faulty: 0,
    resources: 0,
  }
  const progress = new Progress('dossiers')
  await withHospital(settings, async ({ store }) => {
    const off = await switchedOff(store)
    const options = { store, off, isToSend: settings.toSend, signal: ending.signal }
    let read = 0
    for await (const file of importFiles(dossierFiles(paths), options)) {
      read += file.size
      count(counts, file)
      await tell(file, report, progress)
      progress.at(counts.dossiers, { share: read / Math.max(bytes, 1) })
    }
  })
  await report.close()
  const seconds = progress.end()
  summarise(counts, seconds)
  if (ending.signal.aborted) return sayEnded()
  return counts.refused > 0 ? 1 : 0
}

type Counts = Record<'files' | 'dossiers' | 'faulty' | 'resources' | ImportedFile['outcome'], number>

/** A first walk: how much there is to do. @returns bytes @throws WrongUse where there is nothing */
async function sizeOf(paths: readonly string[]): Promise<number> {
  let bytes = 0
  let files = 0
  for await (const { size } of dossierFiles(paths)) {
    bytes += size
    files++
  }
  if (files === 0) throw new WrongUse(`no .xml file is in ${paths.join(', ')}`)
  return bytes
}

function count(counts: Counts, { outcome, dossiers, resources, reported }: ImportedFile): void {
  counts.files++
  counts[outcome]++
  counts.dossiers += dossiers
  counts.resources += resources
  counts.faulty += reported.filter(({ dossier, findings }) => dossier !== null && isFaulty(findings)).length
}

async function tell({ path, outcome, reported }: ImportedFile, report: ReportFile, progress: Progress): Promise<void> {
  for (const each of reported) await report.add(each)
  if (outcome !== 'refused') return
  progress.clear()
  const sentences = reported.map(({ findings }) => findingLines(findings)).join('')
  console.error(`✗ ${relative(process.cwd(), path)}: refused, nothing of it is stored\n${sentences.trimEnd()}`)
}

function summarise(counts: Counts, seconds: number): void {
  const rate = (units: number): string => Math.round(units / Math.max(seconds, 0.001)).toLocaleString('en-US')
  const { files, imported, already, refused, cancelled, dossiers, faulty, resources } = counts
  console.log(
    `Files: ${files}, imported: ${imported}, imported before: ${already}, refused: ${refused}, cancelled: ${cancelled}`,
  )
  console.log(`Dossiers: ${dossiers} (${rate(dossiers)}/s), with errors: ${faulty}`)
  console.log(`Resources: ${resources} stored in ${duration(seconds)} (${rate(resources)}/s)`)
}

/** As shells count an end by Ctrl-C. */
function sayEnded(): number {
  console.error('lanh: ended before it was done; the same command goes on where it stopped')
  return 130
}

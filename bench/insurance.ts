/**
 * `npm run bench -- --insurance N`: N invented dossiers through the command line (check, import, import again, export
 * with signature), with what the machine can do at best measured in the same run.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { writeDossierFile } from '#obligations/health-insurance'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { type Ended, startChild, untilEnded } from './child.ts'
import type { Floors } from './floors.ts'

const CLI = 'apps/server/cli.ts'

/** Files of one folder, as a hospital keeps them by day. */
const FOLDER = 2_000

/** One command over all dossiers. */
interface Step {
  readonly name: string
  readonly ended: Ended
  /** dossiers a second, as the command itself timed them: without the start and end of PostgreSQL */
  readonly rate: number
  /** dossiers a second and core of the command's own process */
  readonly perCore: number
  readonly expected: string
}

/** Writes the files. @returns their bytes */
function writeDossiers(folder: string, count: number): number {
  let bytes = 0
  for (let n = 0; n < count; n++) {
    const place = join(folder, String(Math.floor(n / FOLDER)))
    if (n % FOLDER === 0) mkdirSync(place, { recursive: true })
    const dossier = insuranceDossier(n)
    const text = writeDossierFile([dossier], dossier.made)
    bytes += Buffer.byteLength(text)
    writeFileSync(join(place, `${n}.xml`), text)
  }
  return bytes
}

const RATE = /\((?<rate>[\d,]+)\/s\)/

async function step(name: string, count: number, words: readonly string[], expected: string): Promise<Step> {
  const began = performance.now()
  const ended = await untilEnded(startChild(CLI, ['bhxh', ...words], { env: { DATABASE_URL: '' } }), began)
  const rate = Number(RATE.exec(ended.printed)?.groups?.rate?.replaceAll(',', '') ?? NaN)
  return { name, ended, rate, perCore: (count * 1000) / ended.cpu, expected }
}

/** @param folder empty; deleted by the caller @returns the report */
export async function insuranceReport(
  folder: string,
  count: number,
  floors: Floors,
  log: (line: string) => void,
): Promise<string> {
  log('writing dossiers …')
  const files = join(folder, 'dossiers')
  const bytes = writeDossiers(files, count)
  const data = ['--data', join(folder, 'hospital')]
  const days = ['--from', '2025-01-01', '--to', '2025-12-31']
  const commands: readonly (readonly [name: string, words: readonly string[], expected: string])[] = [
    ['check', ['check', files], '1,500/s a core'],
    ['import', ['import', ...data, files], '200/s on two cores'],
    ['import again', ['import', ...data, files], 'nothing is added'],
    ['export, signed', ['export', ...data, ...days, '--out', join(folder, 'out')], '150/s'],
    ['export, unsigned', ['export', ...data, ...days, '--out', join(folder, 'plain'), '--unsigned'], ''],
  ]
  const steps: Step[] = []
  for (const [name, words, expected] of commands) {
    log(`lanh bhxh ${name} …`)
    steps.push(await step(name, count, words, expected))
  }
  return [
    `Dossiers: ${count.toLocaleString('en-US')}, ${(bytes / count / 1000).toFixed(1)} KB each, 85 % of them of one day.`,
    table(steps, count),
    `Floors of the same run: COPY of 2 KB rows ${Math.round(floors.copy).toLocaleString('en-US')}/s; durable inserts of one ` +
      `2 KB row ${floors.insert.map(({ connections, perSecond }) => `${Math.round(perSecond).toLocaleString('en-US')}/s at ${connections}`).join(', ')}.`,
  ].join('\n\n')
}

function table(steps: readonly Step[], count: number): string {
  const number = (value: number): string => (Number.isNaN(value) ? '–' : Math.round(value).toLocaleString('en-US'))
  return [
    '| command | dossiers/s | dossiers/s a core of ours | peak memory, MB | expected |',
    '| --- | ---: | ---: | ---: | --- |',
    ...steps.map(
      ({ name, rate, perCore, ended, expected }) =>
        `| ${name} | ${number(Number.isNaN(rate) ? count / ended.seconds : rate)} | ${number(perCore)} | ${number(ended.peakMemory)} | ${expected} |`,
    ),
  ].join('\n')
}

import { hash } from 'node:crypto'
import { mkdir, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dayOfInstant } from '#hospital/calendar'
import type { Task } from '#fhir/r4'
import type { RecordStore } from '#foundation/record-store'
import { type Dossier, writeDossierFile } from '#obligations/health-insurance'
import { signDossierFile } from '#obligations/digital-signature'
import { withHospital } from '../open-hospital.ts'
import { duration, Progress } from '../progress.ts'
import { type Settings, WrongUse } from '../settings.ts'
import { currentDossiers } from './current-dossiers.ts'
import { allTasks } from './find-tasks.ts'
import { signerOf } from './signing-key.ts'

/** Dossiers whose resources are read together. */
const TOGETHER = 25

/** `lanh bhxh export --from … --to … --out …`: one strict file of decision 3176 for each dossier of the period. */
export async function exportCommand(settings: Settings): Promise<number> {
  const { from, to, out, unsigned } = settings
  if (!from || !to || !out) throw new WrongUse('bhxh export needs --from YYYY-MM-DD, --to YYYY-MM-DD and --out FOLDER')
  if (from > to) throw new WrongUse(`--from ${from} lies after --to ${to}`)
  await mkdir(out, { recursive: true }).catch(() => {
    throw new WrongUse(`${out} cannot be made`)
  })
  const sign = unsigned ? (xml: string) => xml : await signing(settings)
  const progress = new Progress('dossiers')
  const made = dayOfInstant(Date.now()).replaceAll('-', '')
  let written = 0
  await withHospital(settings, async ({ store }) => {
    for await (const dossier of dossiersBetween(store, from, to)) {
      await writeWhole(join(out, fileName(dossier)), sign(writeDossierFile([dossier], made)))
      progress.at(++written, { share: 0 })
    }
  })
  const seconds = progress.end()
  console.log(
    `Dossiers: ${written} written in ${duration(seconds)} (${Math.round(written / Math.max(seconds, 0.001))}/s)`,
  )
  return 0
}

/** Dossiers whose care ended on one of these days, from what the record says today. @param from yyyy-MM-dd, inclusive */
export async function* dossiersBetween(store: RecordStore, from: string, to: string): AsyncGenerator<Dossier> {
  const period = [
    ['authored-on', `ge${from}T00:00:00+07:00`],
    ['authored-on', `le${to}T23:59:59+07:00`],
  ] as const
  let together: Task[] = []
  for await (const task of allTasks(store, 'insurance-dossier', period)) {
    together.push(task)
    if (together.length < TOGETHER) continue
    yield* await currentDossiers(store, together)
    together = []
  }
  yield* await currentDossiers(store, together)
}

async function signing(settings: Settings): Promise<(xml: string) => string> {
  const { key, isForTryingOut } = await signerOf(settings)
  if (isForTryingOut) {
    console.error('lanh: signed with a certificate for trying out, without legal value: set LANH_SIGNING_KEY')
  }
  return (xml) => signDossierFile(xml, key)
}

/** MA_LK where it can be a name, else its hash. */
function fileName({ facility, visit }: Dossier): string {
  const name = `${facility}_${visit}`
  return `${/^\w[\w.-]{0,120}$/.test(name) ? name : hash('sha256', name, 'hex').slice(0, 32)}.xml`
}

/** Nobody finds half a dossier under its name. */
async function writeWhole(path: string, text: string): Promise<void> {
  await writeFile(`${path}.part`, text)
  await rename(`${path}.part`, path)
}

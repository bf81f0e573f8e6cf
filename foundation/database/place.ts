import { createHash, randomBytes } from 'node:crypto'
import { chown, mkdir, open, readFile, realpath, rename, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { codeOf, DatabaseProblem, reasonOf } from './problem.ts'
import { canEnter, type RunAs } from './run-as.ts'

/**
 * Where the cluster of one asked folder lies, and the passwords of its two roles. Kept as `database.json` (mode 0600)
 * in the asked folder. Usually `data` is `<folder>/postgres`; it lies elsewhere only when PostgreSQL has to run as a
 * user who cannot enter the asked folder.
 */
export interface Place {
  readonly folder: string
  readonly data: string
  readonly adminPassword: string
  readonly appPassword: string
  /** true once the cluster was there */
  readonly created: boolean
}

/** Homes that every user can enter and that survive a restart of the machine. */
const PUBLIC_HOMES = ['/var/lib/lanh', '/var/tmp/lanh']

/** The first public home that can be made and that the given user can enter. */
export async function makePublicHome(as: RunAs): Promise<string> {
  for (const home of PUBLIC_HOMES) {
    const made = await mkdir(home, { recursive: true, mode: 0o755 }).then(
      () => true,
      () => false,
    )
    if (!made) continue
    // A folder that somebody else put there could be emptied or swapped by them.
    const { uid } = await stat(home)
    if (uid === process.getuid?.() && (await canEnter(home, as))) return home
  }
  throw new DatabaseProblem(
    `PostgreSQL cannot run as root, and its user can enter neither the folder of the data nor ${PUBLIC_HOMES.join(' nor ')}: put the data elsewhere with --data`,
  )
}

/** Reads where the data of this folder are, or decides it and writes it down. The folder is created. */
export async function findPlace(asked: string, chooseAs: (data: string) => Promise<RunAs>): Promise<Place> {
  const folder = await makeFolder(asked)
  const file = join(folder, 'database.json')
  const known = await readPlace(file, folder)
  if (known) return known

  const as = await chooseAs(join(folder, 'postgres'))
  const data = (await canEnter(folder, as)) ? join(folder, 'postgres') : await elsewhere(folder, as)
  const place = { data, adminPassword: newPassword(), appPassword: newPassword(), created: false }
  await writeSecret(file, JSON.stringify(place, null, 2) + '\n')
  return { folder, ...place }
}

/** The place that was decided for this folder earlier, or null. Creates nothing. */
export async function findKnownPlace(asked: string): Promise<Place | null> {
  const folder = await realpath(asked).catch(() => null)
  return folder === null ? null : readPlace(join(folder, 'database.json'), folder)
}

async function makeFolder(asked: string): Promise<string> {
  try {
    await makeWithParents(asked)
    return await realpath(asked)
  } catch (error) {
    throw new DatabaseProblem(`The data folder ${asked} (--data, LANH_DATA) cannot be used: ${reasonOf(error)}`)
  }
}

/** Not `recursive`: Node.js then never ends where a file system refuses folders as if their parent were missing (/proc). */
async function makeWithParents(folder: string): Promise<void> {
  const parent = dirname(folder)
  if (parent !== folder && !(await exists(parent))) await makeWithParents(parent)
  await mkdir(folder).catch((error: unknown) => {
    if (codeOf(error) !== 'EEXIST') throw error
  })
}

/** One folder for each asked folder, whose path it carries as a hash; `belongs-to` says whose it is in words. */
async function elsewhere(folder: string, as: RunAs): Promise<string> {
  const hash = createHash('sha256').update(folder).digest('hex').slice(0, 12)
  const home = join(await makePublicHome(as), hash)
  await mkdir(home, { recursive: true, mode: 0o700 })
  if (as.uid !== undefined && as.gid !== undefined) await chown(home, as.uid, as.gid)
  await writeSecret(join(home, 'belongs-to'), folder + '\n')
  return join(home, 'postgres')
}

async function readPlace(file: string, folder: string): Promise<Place | null> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') return null
    throw new DatabaseProblem(`${file} cannot be read: ${reasonOf(error)}`)
  })
  if (text === null) return null
  const { data, adminPassword, appPassword, created = false }: Partial<Place> = parse(text, file)
  if (!data || !adminPassword || !appPassword) throw new DatabaseProblem(`${file} is damaged: it lacks a value`)
  const place = { folder, data: await whereNow(folder, data), adminPassword, appPassword, created }
  if (created && !(await exists(place.data))) {
    throw new DatabaseProblem(
      `The database of ${folder} lies in ${place.data}, which is missing: bring it back, or delete ${file} to begin an empty one`,
    )
  }
  return place
}

/** A folder that was moved or copied carries its data along when they are inside; otherwise they belong to one folder. */
async function whereNow(folder: string, data: string): Promise<string> {
  const beside = join(folder, 'postgres')
  if (data === beside || (await exists(beside))) return beside
  const note = join(dirname(data), 'belongs-to')
  const owner = (await readFile(note, 'utf8').catch(() => folder)).trim()
  if (owner === folder) return data
  if (await exists(join(owner, 'database.json'))) {
    throw new DatabaseProblem(
      `${folder} is a copy of ${owner}, whose database lies in ${data}: delete ${join(folder, 'database.json')} to begin an empty one`,
    )
  }
  await writeSecret(note, folder + '\n')
  return data
}

/** Remembers that the cluster exists, so that it is never replaced by an empty one when it cannot be found. */
export const markCreated = ({ folder, ...rest }: Place): Promise<void> =>
  writeSecret(join(folder, 'database.json'), JSON.stringify({ ...rest, created: true }, null, 2) + '\n')

function parse(text: string, file: string): Partial<Place> {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    throw new DatabaseProblem(`${file} is damaged: it is not JSON`)
  }
}

const exists = (path: string): Promise<boolean> =>
  stat(path).then(
    () => true,
    () => false,
  )

const newPassword = (): string => randomBytes(24).toString('base64url')

/** Writes the whole file or nothing, readable by us only, and on the disk before it returns. */
export async function writeSecret(file: string, text: string): Promise<void> {
  const draft = `${file}.${process.pid}`
  const handle = await open(draft, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
  await rename(draft, file)
}

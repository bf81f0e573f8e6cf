/**
 * The npm package in which HL7 publishes all of R4: definitions and examples, one JSON file each. It is 190 MB
 * unpacked, so it is not a dependency: only the tables made from it are committed.
 *
 * @source http://hl7.org/fhir/R4/downloads.html
 */
import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

const NAME = 'hl7.fhir.r4.examples'
const VERSION = '4.0.1'

/** Fetches and unpacks the package unless it is there already. @returns the folder of the JSON files */
export function obtainPackage(into: string): string {
  const folder = join(into, 'package')
  if (existsSync(join(folder, 'package.json'))) return folder
  mkdirSync(into, { recursive: true })
  execFileSync('npm', ['pack', `${NAME}@${VERSION}`, '--silent'], { cwd: into, stdio: ['ignore', 'ignore', 'inherit'] })
  execFileSync('tar', ['-xzf', `${NAME}-${VERSION}.tgz`], { cwd: into })
  return folder
}

/** Every resource of one type, in the order of the file names, so that the tables come out the same on each machine. */
export function readAll<T>(folder: string, resourceType: string): T[] {
  return readdirSync(folder)
    .filter((name) => name.startsWith(`${resourceType}-`))
    .sort()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as T)
}

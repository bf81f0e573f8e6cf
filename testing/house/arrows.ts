import { posix } from 'node:path'
import { EMPTY_NAMES, SCREEN_PACKAGES, SHELVES, TEST_PACKAGES } from './house-rules.ts'
import type { Import } from './imports.ts'

/** What is wrong with an import or a name: the file, and a sentence. */
export interface Complaint {
  readonly file: string
  readonly says: string
}

/** `hospital/stay/ui/form.tsx` → `hospital/stay`; the bench is one unit */
export const unitOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('bench/') ? 1 : 2)
    .join('/')

const shelfOf = (path: string): string => path.split('/')[0] ?? ''
/** What a test stands on lies beside it as `…-for-test.ts`, and nothing else may stand on it. */
const isForTest = (path: string): boolean => /-for-test\.tsx?$/.test(path)
const isTest = (path: string): boolean => /\.test\.tsx?$/.test(path) || /\/generate\//.test(path) || isForTest(path)

/** Complaints about one import, by the kind of its specifier. */
export function complaintsAbout(one: Import): readonly Complaint[] {
  const { from, specifier } = one
  const says = specifier.startsWith('#')
    ? aboutOurs(from, specifier)
    : specifier.startsWith('.')
      ? aboutRelative(from, specifier)
      : aboutPackage(one)
  return says ? [{ file: from, says }] : []
}

function aboutOurs(from: string, specifier: string): string | null {
  const target = specifier.slice(1)
  const [shelf = '', unit, ...inner] = target.split('/')
  const allowed = isTest(from) ? [...(SHELVES[shelfOf(from)]?.ours ?? []), 'testing'] : SHELVES[shelfOf(from)]?.ours
  if (!allowed?.includes(shelf) && !allowed?.includes(`${shelf}/${unit}`))
    return `${shelfOf(from)}/ may not import ${specifier}`
  if (!unit || (inner.length > 0 && inner.join('/') !== 'ui'))
    return `${specifier} is an inner file: import #${shelf}/${unit}`
  if (unitOf(from) === `${shelf}/${unit}`) return `${specifier} is this folder itself: import the file, relatively`
  return null
}

function aboutRelative(from: string, specifier: string): string | null {
  const target = resolveRelative(from, specifier)
  const isTesting = isTest(from) || ['testing', 'bench'].includes(shelfOf(from))
  if (isForTest(target) && !isTesting) return `${specifier} is for tests only`
  if (unitOf(target) !== unitOf(from)) {
    // package.json and run.mjs lie at the root and belong to nobody.
    if (!target.includes('/') && !target.startsWith('..')) return null
    return `${specifier} leaves the folder: import #${unitOf(target)}`
  }
  return null
}

function aboutPackage({ from, specifier, atRunTime }: Import): string | null {
  if (isTest(from) && TEST_PACKAGES.test(specifier)) return null
  if (SCREEN_PACKAGES.test(specifier)) {
    const onScreen = shelfOf(from) === 'apps' || from.split('/')[2] === 'ui'
    return onScreen ? null : `${specifier} belongs to screens: apps/ or a ui/ folder`
  }
  const { packages } = SHELVES[shelfOf(from)] ?? {}
  if (!packages || packages.includes(packageOf(specifier)) || !atRunTime) return null
  return `${shelfOf(from)}/ may not import ${specifier}`
}

/** `fhirpath/fhir-context/r4` → `fhirpath` */
const packageOf = (specifier: string): string => /^(@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier

export const resolveRelative = (from: string, specifier: string): string =>
  posix.normalize(posix.join(posix.dirname(from), specifier))

/** Complaints about names of files and folders. */
export const complaintsAboutName = (file: string): readonly Complaint[] =>
  file
    .split('/')
    .map((part) => part.replace(/\..*$/, ''))
    .filter((part) => EMPTY_NAMES.test(part))
    .map((part) => ({ file, says: `the name "${part}" says nothing about what is inside` }))

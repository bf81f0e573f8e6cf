import { readFileSync } from 'node:fs'
import { globSync } from 'node:fs'

/** One import as it is written. */
export interface Import {
  /** path from the project's root, with forward slashes */
  readonly from: string
  /** what stands between the quotes */
  readonly specifier: string
  /** false for `import type` and `export type`, which are gone when the program runs */
  readonly atRunTime: boolean
}

const STATIC =
  /^\s*(?:import|export)\s+(type\s+)?(?:[\w$]+\s*,?\s*)?(?:\{[^}]*\}|\*(?:\s+as\s+[\w$]+)?)?\s*from\s+'([^']+)'/gm
const BARE = /^\s*import\s+'([^']+)'/gm
const DYNAMIC = /\bimport\(\s*'([^']+)'/g

/** @param shelves names of the top folders to look into */
export const sourceFiles = (shelves: readonly string[]): readonly string[] =>
  globSync(`{${shelves.join(',')}}/**/*.{ts,tsx,mjs}`)
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => !path.includes('/generated/') && !path.includes('node_modules'))
    .sort()

export const importsOf = (file: string): readonly Import[] => importsIn(file, readFileSync(file, 'utf8'))

export function importsIn(from: string, text: string): readonly Import[] {
  const code = text.replace(/^\s*(\/\/.*|\/\*[\s\S]*?\*\/)$/gm, '')
  return [
    ...[...code.matchAll(STATIC)].map(([, type, specifier]) => ({ from, specifier: specifier!, atRunTime: !type })),
    ...[...code.matchAll(BARE)].map(([, specifier]) => ({ from, specifier: specifier!, atRunTime: true })),
    ...[...code.matchAll(DYNAMIC)].map(([, specifier]) => ({ from, specifier: specifier!, atRunTime: true })),
  ]
}

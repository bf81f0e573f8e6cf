/**
 * `npm run mutants`: makes one thing of the access rules wrong at a time and counts what is noticed. Ends with 1 where
 * less than 95 % are.
 */
import { fenceMutants } from './fence-matrix.ts'
import { type Mutant, policyMutants } from './mutants.ts'
import { withRowMutants } from './row-mutants.ts'

const WANTED = 0.95

interface Count {
  readonly all: number
  readonly killed: number
}

async function judge(name: string, mutants: readonly Mutant[]): Promise<Count> {
  const survivors: string[] = []
  for (const mutant of mutants) if (!(await mutant.isKilled())) survivors.push(mutant.id)
  const killed = mutants.length - survivors.length
  console.log(`${name}: ${killed} of ${mutants.length} noticed`)
  for (const survivor of survivors) console.log(`  not noticed: ${survivor}`)
  return { all: mutants.length, killed }
}

const counts = [
  await judge('policy and decision', policyMutants()),
  await judge('fence of a reader', fenceMutants()),
  await withRowMutants((mutants) => judge('row policies of PostgreSQL', mutants)),
]
const all = counts.reduce((sum, count) => sum + count.all, 0)
const killed = counts.reduce((sum, count) => sum + count.killed, 0)
console.log(`${((killed / all) * 100).toFixed(1)} % of ${all} noticed`)
if (killed / all < WANTED) process.exitCode = 1

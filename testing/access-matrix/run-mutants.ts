/**
 * `npm run mutants`: makes one thing of the access rules wrong at a time and counts what is noticed. Ends with 1 where
 * less than 95 % are.
 */
import { type Mutant, policyMutants } from './mutants.ts'

/** Every list of mutants there is. */
const LISTS: readonly (readonly [name: string, list: () => readonly Mutant[]])[] = [
  ['policy and decision', policyMutants],
]

const WANTED = 0.95

let all = 0
let killed = 0
for (const [name, list] of LISTS) {
  const mutants = list()
  const survivors: string[] = []
  for (const mutant of mutants) if (!(await mutant.isKilled())) survivors.push(mutant.id)
  all += mutants.length
  killed += mutants.length - survivors.length
  console.log(`${name}: ${mutants.length - survivors.length} of ${mutants.length} noticed`)
  for (const survivor of survivors) console.log(`  not noticed: ${survivor}`)
}
console.log(`${((killed / all) * 100).toFixed(1)} % of ${all} noticed`)
if (killed / all < WANTED) process.exitCode = 1

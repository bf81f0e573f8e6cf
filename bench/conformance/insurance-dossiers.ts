/** Insurance dossiers against published samples: `node bench/conformance/insurance-dossiers.ts`. Ends with 1 where one missed. */
import {
  accepted,
  ambiguousFiles,
  caught,
  counted,
  DOSSIERS,
  hasDossiers,
  returned,
  type Score,
  tolerated,
} from './dossier-suites.ts'

function print(title: string, { total, missed }: Score): boolean {
  console.log(`${title}: ${total - missed.length} of ${total}`)
  for (const each of missed) console.log(`  ${each}`)
  return missed.length === 0
}

if (hasDossiers) {
  const results = [
    print('valid dossiers accepted without an error', accepted()),
    print('lenient dossiers read without an error', tolerated()),
    print('valid and lenient dossiers read with every row and total', counted()),
    print('broken dossiers and check-in messages caught at their place and nowhere else', caught()),
    print('dossiers that are the same, field by field, after FHIR and after writing', returned()),
  ]
  console.log(`  not judged, because the specification does not say: ${ambiguousFiles()}`)
  if (results.includes(false)) process.exitCode = 1
} else console.log(`skipped, because it is not here: ${DOSSIERS}`)

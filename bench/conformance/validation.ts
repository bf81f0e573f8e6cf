/** Base validation against published data, as it is: `node bench/conformance/validation.ts`. Always ends with code 0. */
import {
  agreement,
  CASES,
  EXAMPLES,
  examples,
  isPresent,
  judgeCases,
  judgeProfiles,
  SYNTHEA,
  syntheticPatients,
  type Acceptance,
  type Judged,
} from './validation-suites.ts'

const percent = (part: number, whole: number) => `${((100 * part) / whole).toFixed(1)} %`

function printAcceptance(title: string, { total, rejected, resources, milliseconds }: Acceptance): void {
  const accepted = total - rejected.length
  console.log(`${title}: ${accepted} of ${total} accepted (${percent(accepted, total)})`)
  console.log(`  ${resources} resources in ${Math.round(milliseconds)} ms, first use included`)
  for (const { name, rules } of rejected) console.log(`  refused ${name}: ${rules[0]}${rules.length > 1 ? ' …' : ''}`)
}

function printCases(judged: readonly Judged[]): void {
  const { agreed, of } = agreement(judged)
  console.log(`fhir-validator-cases, JSON: agreement on ${agreed} of ${of} (${percent(agreed, of)})`)
  console.log(`  not read, because they are XML or text: ${judged.length - of}`)
  const modules = [...new Set(judged.map(({ module }) => module))].sort()
  for (const module of modules) {
    const ours = judged.filter((each) => each.module === module)
    const counted = agreement(ours)
    if (counted.of === 0) continue
    const read = ours.filter(({ accepted }) => accepted !== undefined)
    const missed = read.filter(({ accepted, valid }) => accepted === true && !valid).length
    const alarms = read.filter(({ accepted, valid }) => accepted === false && valid).length
    console.log(`  ${module}: ${counted.agreed} of ${counted.of}, faults missed ${missed}, false alarms ${alarms}`)
  }
}

const absent = (folder: string) => console.log(`skipped, because it is not here: ${folder}`)

if (isPresent(EXAMPLES)) printAcceptance('fhir-r4-examples', examples())
else absent(EXAMPLES)
if (isPresent(SYNTHEA)) printAcceptance('synthea', syntheticPatients())
else absent(SYNTHEA)
if (isPresent(CASES)) {
  console.log('With the definitions that the cases bring along (questionnaires, value sets):')
  printCases(judgeCases(true))
  const alone = agreement(judgeCases(false))
  console.log(`Without them: ${alone.agreed} of ${alone.of} (${percent(alone.agreed, alone.of)})`)
  const byProfile = agreement(judgeProfiles())
  console.log(`By a named profile: ${byProfile.agreed} of ${byProfile.of} (${percent(byProfile.agreed, byProfile.of)})`)
} else absent(CASES)

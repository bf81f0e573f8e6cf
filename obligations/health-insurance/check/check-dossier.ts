import { readRules } from '../read/read-rules.ts'
import { findingOf, type Rule } from '../rule.ts'
import type { Dossier, Finding } from '../types.ts'
import { amountCheck } from './amounts.ts'
import { benefitCheck } from './benefit.ts'
import { catalogueCheck } from './catalogue-codes.ts'
import type { Catalogues } from './catalogues.ts'
import { combinationCheck } from './combinations.ts'
import { copyCheck } from './copies.ts'
import { dateCheck } from './dates.ts'
import { diagnosisCheck } from './diagnoses.ts'
import { fieldCheck } from './field-rules.ts'
import { personalCodeCheck } from './personal-codes.ts'
import { tableCheck } from './tables-sent.ts'
import { type Check, type IsBroken, type Report, visitOf } from './visit.ts'

const checks: readonly Check[] = [
  fieldCheck,
  copyCheck,
  dateCheck,
  amountCheck,
  benefitCheck,
  combinationCheck,
  tableCheck,
  diagnosisCheck,
  personalCodeCheck,
  catalogueCheck,
]

/** Every rule a finding may name, those of reading first. */
export const rules: readonly Rule[] = [...Object.values(readRules), ...checks.flatMap((check) => check.rules)]

export interface CheckOptions {
  /** ids of rules that the facility has switched off */
  readonly off?: ReadonlySet<string>
  /** of the facility whose dossier it is; without them no code of theirs is judged */
  readonly catalogues?: Catalogues
}

/** Everything that is wrong with a dossier's content. What is wrong with its form the reader has said already. */
export function checkDossier(dossier: Dossier, { off, catalogues }: CheckOptions = {}): readonly Finding[] {
  const visit = visitOf(dossier, catalogues ?? null)
  const findings: Finding[] = []
  const isBroken: IsBroken = (table, row, field) =>
    findings.some(
      (each) => each.severity === 'error' && each.table === table && each.row === row && each.field === field,
    )
  for (const check of checks) {
    const report: Report = (rule, place, detail) => {
      if (!off?.has(rule.id)) findings.push(findingOf(rule, place, detail))
    }
    check.run(visit, report, isBroken)
  }
  return findings
}

/** The insurance dossiers of decisions 130, 4750 and 3176: read, checked, mapped to FHIR and back, written. */
export type { Decision, Field, Kind, Table, TableId } from './format/table.ts'
export { tables } from './format/tables.ts'
export { fieldLabels } from './format/labels.ts'
export {
  type CatalogueKind,
  catalogueKinds,
  type CatalogueSource,
  catalogueSources,
} from './format/catalogue-sources.ts'
export { type CodeList, codeLists } from './format/code-lists.ts'
export type { Dossier, Finding, FindingSeverity, ReadDossier, ReadFile, Row, Values } from './types.ts'
export { type Rule, type Place, findingOf } from './rule.ts'
export { type FromPieces, readCheckIn, readDossierFile, readDossiers } from './read/read-file.ts'
export { readRules } from './read/read-rules.ts'
export { writeCheckIn, writeDossierFile } from './write/write-file.ts'
export { type JoinVerdict, joinPatients, joinRules } from './mapping/join-patients.ts'
export { type PatientKeys, patientKeys } from './mapping/patient-keys.ts'
export type { CatalogueItem, Catalogues } from './check/catalogues.ts'
export { type CheckOptions, checkDossier, rules } from './check/check-dossier.ts'
export { type CheckedDossier, dryRun } from './check/dry-run.ts'
export { formatDecimal, parseDecimal } from './money/decimal.ts'
export {
  type DrugLine,
  priceDrugLine,
  priceServiceLine,
  type ServiceLine,
  type Split,
  sumSplits,
} from './money/price-line.ts'
export { cardLevel } from './money/benefit.ts'
export { classIn, coveragesOf, exceptionIn } from './mapping/coverage.ts'
export { toDossier } from './compose/followed-dossier.ts'
export { toResources } from './mapping/to-resources.ts'
export { type Chart } from './compose/chart.ts'
export { composeCheckIn } from './compose/check-in.ts'
export { type Composed, composeDossier } from './compose/compose-dossier.ts'
export { type ComposeFinding } from './compose/composed-row.ts'
export { FACTS, insuranceFacts } from './compose/facts.ts'

export { encounterDiagnoses, type EncounterDiagnosis } from './encounter-diagnoses.ts'
export { clinicalDate } from './clinical-date.ts'
export { TIMELINE_TYPES, TYPES_OF_KIND, entryKind, type EntryKind } from './entry-kind.ts'
export {
  compositionText,
  documentTitle,
  encounterPlace,
  encounterReason,
  entrySummary,
  type EntrySummary,
} from './entry-summary.ts'
export { plainText } from './plain-text.ts'
export { problemList, type Problem } from './problem-list.ts'
export { timelineDays, toFinding, type Finding, type TimelineDay, type TimelineEntry } from './timeline.ts'

export { dosageSentence, type Language } from './dosage-sentence.ts'
export { isInUse, medicationName, plannedEnd, treatmentDay } from './in-use.ts'

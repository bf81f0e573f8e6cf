export { type NativeLine, type NativePlan, nativeVisit, ordinaryVisit } from './native-visit.ts'

export { tamper, type TamperResult } from './tamper.ts'

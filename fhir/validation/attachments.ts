/** @source http://hl7.org/fhir/R4/datatypes.html#Attachment */
import { isObject, type Check } from './run.ts'

/** How many bytes a base64 text stands for. */
export function bytesIn(base64: string): number {
  const dense = base64.replace(/\s+/g, '')
  return (dense.length / 4) * 3 - (dense.endsWith('==') ? 2 : dense.endsWith('=') ? 1 : 0)
}

/** The size that an attachment states must be that of the data it brings. */
export const checkAttachment: Check = (value, run) => {
  if (!isObject(value)) return
  const { data, size } = value
  if (typeof data === 'string' && typeof size === 'number' && bytesIn(data) !== size) {
    run.refuse('FHIR-ATTACHMENT-1', {}, 'size')
  }
}

import fhirpath from 'fhirpath'
import r4 from 'fhirpath/fhir-context/r4/index.js'
import type { NativeInvariant } from './native-invariants.ts'

export function compileRule(expression: string, type: string): NativeInvariant {
  let f: any
  return (value, run) => {
    try {
      f ??= fhirpath.compile({ base: type, expression }, r4 as any, { traceFn: () => {} } as any)
      const result = f(value, { resource: run.resource, rootResource: run.root })
      return result.length === 0 || result[0] !== false
    } catch (e) {
      (globalThis as any).FP?.(expression, e)
      return true
    }
  }
}

import { describe, expect, test } from 'vitest'
import { complaintsAbout, complaintsAboutName } from './arrows.ts'
import { findCycles } from './cycles.ts'
import { importsIn } from './imports.ts'

const complaints = (from: string, text: string): readonly string[] =>
  importsIn(from, text)
    .flatMap(complaintsAbout)
    .map(({ says }) => says)

describe('allowed', () => {
  test.each([
    ['apps/server/app.ts', `import { x } from '#foundation/record-store'`],
    ['foundation/record-store/write.ts', `import { Client } from 'pg'`],
    ['hospital/stay/admit.ts', `import type { Encounter } from 'fhir/r4'`],
    ['hospital/stay/ui/form.tsx', `import { useState } from 'react'\nimport { admit } from '../admit.ts'`],
    ['hospital/stay/admit.test.ts', `import { aStay } from '#testing/stays'\nimport { test } from 'vitest'`],
    [
      'hospital/stay/stays-for-test.ts',
      `import { aStay } from '#testing/stays'\nimport { readFileSync } from 'node:fs'`,
    ],
    ['apps/clinical/find/page.tsx', `import { StayForm } from '#hospital/stay/ui'`],
  ])('%s: %s', (from, text) => expect(complaints(from, text)).toEqual([]))
})

describe('refused', () => {
  test.each([
    ['fhir/json/parse.ts', `import { x } from '#foundation/database'`],
    ['foundation/jobs/run.ts', `import { admit } from '#hospital/stay'`],
    ['hospital/stay/admit.ts', `import { readFile } from 'node:fs/promises'`],
    ['hospital/stay/admit.ts', `import pg from 'pg'`],
    ['hospital/stay/admit.ts', `import { useState } from 'react'`],
    ['hospital/stay/admit.ts', `const later = await import('#obligations/health-insurance')`],
    ['fhir/search/hash.ts', `import 'fastify'`],
    ['apps/server/app.ts', `import {\n  write,\n} from '#foundation/record-store/write.ts'`],
    ['apps/server/app.ts', `export { write } from '../../foundation/record-store/write.ts'`],
    ['hospital/stay/admit.ts', `import { x } from '#testing/stays'`],
    ['hospital/stay/admit.ts', `import { x } from './stays-for-test.ts'`],
  ])('%s: %s', (from, text) => expect(complaints(from, text)).toHaveLength(1))
})

test('a cycle through a public face is found, one through types only is not', () => {
  const cycle = [
    ...importsIn('hospital/stay/index.ts', `export { admit } from './admit.ts'`),
    ...importsIn('hospital/stay/admit.ts', `import { order } from '#hospital/orders'`),
    ...importsIn('hospital/orders/index.ts', `import { admit } from '#hospital/stay'`),
    ...importsIn('hospital/orders/order.ts', `import type { Stay } from '#hospital/stay'`),
  ]
  expect(findCycles(cycle)).toEqual([
    ['hospital/stay/index.ts', 'hospital/stay/admit.ts', 'hospital/orders/index.ts', 'hospital/stay/index.ts'],
  ])
})

test('a name that says nothing is refused', () => {
  expect(complaintsAboutName('apps/server/utils/read.ts')).toHaveLength(1)
  expect(complaintsAboutName('apps/server/read-utilities.ts')).toEqual([])
})

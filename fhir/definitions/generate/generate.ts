/**
 * Makes the tables under fhir/definitions/generated from the published R4 definitions: `npm run definitions`.
 * The result depends on the package alone, so running it again changes nothing.
 */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Tables } from '../tables.ts'
import { codeSystemsTable, valueSetsTable } from './codes-tables.ts'
import { compartmentsTable } from './compartments-table.ts'
import { extensionsTable } from './extensions-table.ts'
import { obtainPackage, readAll } from './r4-package.ts'
import { profilesTable } from './profiles-table.ts'
import type {
  CodeSystemResource,
  CompartmentDefinitionResource,
  SearchParameterResource,
  StructureDefinition,
  ValueSetResource,
} from './r4-shapes.ts'
import { searchParametersTable } from './search-parameters-table.ts'
import { invariantsTable, typesTable } from './types-table.ts'

const root = fileURLToPath(new URL('../../../', import.meta.url))
const generated = join(root, 'fhir/definitions/generated')

/** One line per entry: small enough to ship, and a difference between two versions can still be read. */
function write(name: keyof Tables, content: object): void {
  const lines = Array.isArray(content)
    ? `[\n${content.map((entry) => JSON.stringify(entry)).join(',\n')}\n]\n`
    : `{\n${Object.entries(content)
        .map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`)
        .join(',\n')}\n}\n`
  writeFileSync(join(generated, `${name}.json`), lines)
  console.log(`${name}.json ${Math.round(lines.length / 1024)} KB`)
}

function generate(): void {
  const folder = obtainPackage(join(root, 'var/definitions'))
  const definitions = readAll<StructureDefinition>(folder, 'StructureDefinition')
  const registry = JSON.parse(readFileSync(join(folder, 'Bundle-searchParams.json'), 'utf8')) as {
    readonly entry: readonly { readonly resource: SearchParameterResource }[]
  }
  const systems = codeSystemsTable(readAll<CodeSystemResource>(folder, 'CodeSystem'))
  mkdirSync(generated, { recursive: true })
  write('types', typesTable(definitions))
  write('invariants', invariantsTable(definitions))
  write('extensions', extensionsTable(definitions))
  write('profiles', profilesTable(definitions))
  write('search-parameters', searchParametersTable(registry.entry.map((entry) => entry.resource)))
  write('code-systems', systems)
  write('value-sets', valueSetsTable(readAll<ValueSetResource>(folder, 'ValueSet'), systems))
  write('compartments', compartmentsTable(readAll<CompartmentDefinitionResource>(folder, 'CompartmentDefinition')))
}

generate()

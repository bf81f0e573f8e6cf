import { type Edit, linksOf, memberOf, parseJson, retarget, ROOT } from '#fhir/json'
import { accept, type Outcome, type Refusal, refuse } from '#fhir/outcome'
import type { Write } from '#foundation/record-store'
import type { Content } from '../fhir/content.ts'
import type { Check } from '../fhir/definition-shelf.ts'
import { prepareResource } from '../fhir/intake.ts'
import { newId } from '../fhir/new-id.ts'
import { isId } from '../fhir/target.ts'
import { EntryCutter } from './entry-cutter.ts'
import { LineCutter } from './line-cutter.ts'
import { importRefusal, placed } from './refusals.ts'
import type { Survey } from './survey.ts'

/** Resources that go to the database together. */
const BATCH = 500

/** Refusals of one file that are told; a file that is wrong throughout says the same thing ten thousand times. */
const MOST_REFUSALS = 100

/** A resource of the file: its bytes (of the entry, in a Bundle), and where it stands. */
interface Piece {
  readonly bytes: Buffer
  readonly place: string
  readonly index: number
}

/** The second reading: every resource parsed strictly, validated and prepared, in batches, in the order of the file. */
export async function* writesOf(
  survey: Survey,
  content: AsyncIterable<Buffer>,
  check: Check,
  onPrepared: (resources: number) => void = () => undefined,
): AsyncGenerator<Outcome<readonly Write[]>> {
  let batch: Write[] = []
  const refusals: Refusal[] = []
  for await (const piece of piecesOf(survey, content)) {
    const write = await writeOf(piece, survey, check)
    if (write.ok) batch.push(write.value)
    else refusals.push(...placed(piece.place, write.refusals))
    if (refusals.length >= MOST_REFUSALS) break
    if (batch.length < BATCH) continue
    onPrepared(batch.length)
    if (refusals.length === 0) yield accept(batch)
    batch = []
  }
  onPrepared(batch.length)
  if (refusals.length > 0) yield refuse(refusals)
  else if (batch.length > 0) yield accept(batch)
}

async function* piecesOf({ layout }: Survey, content: AsyncIterable<Buffer>): AsyncGenerator<Piece> {
  let index = 0
  if (layout === 'bundle') {
    const cutter = new EntryCutter()
    for await (const chunk of content) {
      for (const bytes of cutter.push(chunk)) yield { bytes, index, place: `Bundle.entry[${index++}].resource` }
    }
  } else if (layout === 'lines') {
    const cutter = new LineCutter()
    for await (const chunk of content) {
      for (const { bytes, number } of cutter.push(chunk)) yield { bytes, index: index++, place: `line ${number}` }
    }
    for (const { bytes, number } of cutter.rest()) yield { bytes, index: index++, place: `line ${number}` }
  } else {
    yield { bytes: Buffer.concat(await Array.fromAsync(content)), index, place: '' }
  }
}

async function writeOf({ bytes, index }: Piece, survey: Survey, check: Check): Promise<Outcome<Write>> {
  const parsed = parseJson(bytes)
  if (!parsed.ok) return parsed
  const content: Content =
    survey.layout === 'bundle'
      ? {
          document: parsed.value,
          node: memberOf(parsed.value, ROOT, 'resource'),
          value: (parsed.value.value as { resource: unknown }).resource,
        }
      : { document: parsed.value, node: ROOT, value: parsed.value.value }
  const id = survey.ids[index] ?? ownId(content.value)
  if (typeof id !== 'string' || !isId(id)) return refuse([importRefusal('IMPORT-9')])
  const edits = survey.layout === 'bundle' ? editsOf(content, survey.targets) : accept([])
  if (!edits.ok) return edits
  const prepared = await prepareResource(content, id, 'any', check, edits.value)
  return prepared.ok ? accept(prepared.value.write) : prepared
}

const ownId = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'id' in value ? value.id : newId()

/** References to entries of the same Bundle point to what these are stored as. */
function editsOf({ document, node }: Content, targets: Survey['targets']): Outcome<readonly Edit[]> {
  const edits: Edit[] = []
  for (const link of linksOf(document, node)) {
    const target = targets.get(link.target)
    if (target === link.target) continue
    if (target !== undefined) edits.push(retarget(link, target))
    else if (link.kind === 'reference' && link.target.startsWith('urn:uuid:'))
      return refuse([importRefusal('IMPORT-6', link.target)])
    else if (link.kind === 'reference' && link.target.includes('?'))
      return refuse([importRefusal('IMPORT-3', link.target)])
  }
  return accept(edits)
}

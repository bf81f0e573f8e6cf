import type { FastifyInstance } from 'fastify'
import { referenceHash } from '#foundation/access-control'
import { type AccessDesk, asReader, type Asking, refuse, REFUSALS, said, text, told } from './desk.ts'
import { localTime } from './local-time.ts'

/** So many resources stand on one print at the most. */
const MOST = 200

/**
 * The right to print is one of its own, and every print is told of.
 * @source Luật Khám bệnh, chữa bệnh 15/2023/QH15, Điều 69 khoản 3; Nghị định 137/2024/NĐ-CP, Điều 5
 */
export function printRoute(app: FastifyInstance, desk: AccessDesk): void {
  app.post(
    '/access/printed',
    asReader(desk, (asking) => printed(desk, asking)),
  )
}

async function printed(desk: AccessDesk, asking: Asking): Promise<unknown> {
  const { door, store } = desk
  const { reader, body, reply } = asking
  const given: readonly unknown[] = Array.isArray(body['references']) ? body['references'] : []
  const references = given.filter((one) => typeof one === 'string')
  const form = text(body['form'], 200)
  if (references.length === 0 || references.length > MOST || form === null)
    return refuse(reply, 400, REFUSALS.malformed)
  const at = localTime(door.now())
  const { holders } = door.rules.fenceOf(reader, at)
  for (const reference of references) {
    const [type = '', id = ''] = reference.split('/')
    const belonging = await store.belonging(type, id)
    const patient = belonging?.patient ?? null
    const facts = patient === null ? null : await door.standings.of(patient, holders, true)
    const decision =
      belonging &&
      door.rules.decide({
        reader,
        act: 'print',
        type,
        labels: facts?.labels ?? [],
        ofPatient: patient !== null,
        relations: facts?.relations ?? [],
        withinPatients: reader.patients === null || reader.patients.some((one) => referenceHash(one) === patient),
        at,
      })
    if (decision?.allowed) continue
    const refusal = decision ? said(decision.refusal) : REFUSALS.print
    await door.audit(told(desk, asking, { action: 'print', outcome: 'refused', rule: refusal.rule }))
    return refuse(reply, 403, refusal)
  }
  const entry = told(desk, asking, {
    action: 'print',
    entities: references.map((reference) => ({ reference })),
    patients: references.filter((reference) => reference.startsWith('Patient/')),
    reason: form,
  })
  await door.audit(entry)
  return {}
}

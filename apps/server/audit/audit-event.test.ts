import { describe, expect, test } from 'vitest'
import { validate } from '#fhir/validation'
import type { Act, AuditAction } from '#foundation/audit-log'
import { KINDS, toAuditEvent } from './audit-event.ts'

const anAct = (action: AuditAction, over: Partial<Act['statement']> = {}, detail: Act['detail'] = DETAIL): Act => ({
  seq: '42',
  statement: {
    at: '2026-07-01T08:00:00.000Z',
    action,
    outcome: 'success',
    agent: 'Practitioner/bs-1',
    account: '7d9f0c55-0000-4000-8000-000000000001',
    roles: ['doctor'],
    client: 'growth-chart',
    purpose: 'TREAT',
    entities: ['Observation/o-1/_history/3'],
    patients: ['Patient/p-1'],
    request: 'r-1',
    ...over,
  },
  detail,
})
const DETAIL = { network: '10.1.2.3' }

const ACTIONS = Object.keys(KINDS) as AuditAction[]

describe('an act as an AuditEvent', () => {
  test.each(ACTIONS)('AUDIT-31 %s is valid R4, with everything known and with little', (action) => {
    const query = { network: '10.1.2.3', query: 'name=Nguyễn', reason: 'người nhà xin' }
    const acts = [
      anAct(action, {}, query),
      anAct(action, { more: 12, rule: 'ACCESS-3', outcome: 'refused' }),
      anAct(action, { entities: [], patients: [], roles: [], client: undefined, account: undefined }, null),
    ]
    for (const act of acts) expect(validate(JSON.parse(JSON.stringify(toAuditEvent(act))))).toEqual([])
  })

  test('AUDIT-31 a read of one patient’s resource keeps the IHE pattern PatientRead', () => {
    const event = toAuditEvent(anAct('read'))
    expect(event).toMatchObject({
      id: '42',
      meta: { profile: ['https://profiles.ihe.net/ITI/BALP/StructureDefinition/IHE.BasicAudit.PatientRead'] },
      type: { system: 'http://terminology.hl7.org/CodeSystem/audit-event-type', code: 'rest' },
      subtype: [{ system: 'http://hl7.org/fhir/restful-interaction', code: 'read' }],
      action: 'R',
      recorded: '2026-07-01T08:00:00.000Z',
      outcome: '0',
      purposeOfEvent: [{ coding: [{ code: 'TREAT' }] }],
      source: { observer: { reference: 'Device/lanh' }, type: [{ code: '4' }] },
    })
    const [user, client, server] = event.agent
    expect(user).toMatchObject({
      who: { reference: 'Practitioner/bs-1' },
      requestor: true,
      type: { coding: [{ code: 'IRCP' }] },
    })
    expect(user).not.toHaveProperty('network')
    expect(client).toMatchObject({
      who: { identifier: { value: 'growth-chart' } },
      requestor: false,
      network: { address: '10.1.2.3', type: '2' },
      type: { coding: [{ code: '110152' }] },
    })
    expect(server).toMatchObject({ who: { reference: 'Device/lanh' }, type: { coding: [{ code: '110153' }] } })
    expect(event.entity?.map(({ what, type, role }) => [what?.reference, type?.code, role?.code])).toEqual([
      ['Patient/p-1', '1', '1'],
      ['Observation/o-1/_history/3', '2', '4'],
      [undefined, 'XrequestId', undefined],
    ])
  })

  test('AUDIT-31 a search holds the query in base64 and keeps PatientQuery; of several patients it claims no pattern', () => {
    const detail = { network: '10.1.2.3', query: 'Observation?patient=p-1&code=718-7' }
    const event = toAuditEvent(anAct('search', { entities: [] }, detail))
    const query = event.entity?.find(({ role }) => role?.code === '24')?.query
    expect(Buffer.from(query ?? '', 'base64').toString()).toBe(detail.query)
    expect(event.meta?.profile?.[0]).toMatch(/IHE\.BasicAudit\.PatientQuery$/)
    expect(toAuditEvent(anAct('search', { patients: [] }, detail)).meta?.profile?.[0]).toMatch(
      /IHE\.BasicAudit\.Query$/,
    )
    expect(
      toAuditEvent(anAct('search', { patients: ['Patient/1', 'Patient/2'] }, detail)).meta?.profile,
    ).toBeUndefined()
  })

  test('AUDIT-31 in writes the data flow the other way, and their person is the author', () => {
    const parts = (action: AuditAction) => toAuditEvent(anAct(action)).agent.map(({ type }) => type?.coding?.[0]?.code)
    expect(parts('create')).toEqual(['AUT', '110153', '110152'])
    expect(parts('patch')).toEqual(['AUT', '110153', '110152'])
    expect(parts('delete')).toEqual(['CST', '110150', 'custodian'])
  })

  test('AUDIT-31 what was refused or has been erased claims no pattern and invents nothing', () => {
    const refused = toAuditEvent(anAct('read', { outcome: 'refused', rule: 'ACCESS-3' }))
    expect(refused).toMatchObject({ outcome: '4', outcomeDesc: 'ACCESS-3' })
    expect(refused.meta?.profile).toBeUndefined()
    const erased = toAuditEvent(anAct('read', {}, null))
    expect(erased.meta?.profile).toBeUndefined()
    expect(JSON.stringify(erased)).not.toContain('10.1.2.3')
  })
})

import fastify from 'fastify'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { letAppsRead } from './let-apps-read.ts'

const app = fastify()
beforeAll(() => {
  letAppsRead(app, 'https://hospital.example/fhir/R4')
  app.get('/fhir/R4/Patient/:id', () => ({ resourceType: 'Patient' }))
  app.get('/insurance/desk', () => ({}))
  app.get('/fhir/R4x', () => ({}))
})
afterAll(() => app.close())

const headers = { origin: 'https://app.example' }

describe('pages of other origins', () => {
  test('may ask the endpoint, with a token and without cookies', async () => {
    const asked = await app.inject({
      method: 'OPTIONS',
      url: '/fhir/R4/Patient/1',
      headers: {
        ...headers,
        'access-control-request-method': 'GET',
        'access-control-request-headers': 'authorization',
      },
    })
    expect(asked.statusCode).toBe(204)
    expect(asked.headers).toMatchObject({
      'access-control-allow-origin': '*',
      'access-control-allow-headers': expect.stringContaining('Authorization'),
    })
    expect(asked.headers).not.toHaveProperty('access-control-allow-credentials')
    const read = await app.inject({ url: '/fhir/R4/Patient/1', headers })
    expect(read.headers['access-control-allow-origin']).toBe('*')
    expect(read.headers['access-control-expose-headers']).toContain('ETag')
  })
  test.each(['/insurance/desk', '/fhir/R4x'])('may not read %s', async (url) => {
    expect((await app.inject({ url, headers })).headers).not.toHaveProperty('access-control-allow-origin')
  })
  test('our own page is told nothing', async () => {
    const own = { origin: 'https://hospital.example' }
    const { headers: said } = await app.inject({ url: '/fhir/R4/Patient/1', headers: own })
    expect(said).not.toHaveProperty('access-control-allow-origin')
  })
})

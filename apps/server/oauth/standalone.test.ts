import { decodeJwt, decodeProtectedHeader } from 'jose'
import { beforeAll, describe, expect, test } from 'vitest'
import { authorize, oauthServer, post, tokens } from './oauth-for-test.ts'

const server = oauthServer()
let client = ''
beforeAll(async () => {
  client = (await server.client()).id
})

describe('standalone launch', () => {
  test('a person signs in, chooses a patient, and the app has a token for this patient', async () => {
    const { status, body } = await tokens(server, { client })
    expect(server.faults).toEqual([])
    expect({ status, ...body }).toMatchObject({
      status: 200,
      token_type: 'Bearer',
      expires_in: 300,
      patient: 'an',
      need_patient_banner: true,
      scope: expect.stringContaining('patient/*.rs'),
    })
    expect(body.refresh_token).toBeUndefined()
    expect(decodeProtectedHeader(body.access_token)).toMatchObject({ alg: 'ES256', typ: 'at+jwt' })
    const claims = decodeJwt(body.access_token)
    expect(claims).toMatchObject({ aud: server.base, iss: `${server.origin}/oauth`, client_id: client })
    expect(claims.exp! - claims.iat!).toBe(300)
    expect(decodeProtectedHeader(body.id_token)).toMatchObject({ alg: 'RS256' })
    expect(decodeJwt(body.id_token)).toMatchObject({ aud: client, fhirUser: `${server.base}/Practitioner/binh` })
    expect(await server.oauth.readerOfToken(`Bearer ${body.access_token}`, '10.0.0.9')).toMatchObject({
      account: 'account-of-binh',
      client,
      patients: ['Patient/an'],
      network: '10.0.0.9',
      roles: ['doctor'],
    })
  })
  test('the answer to the app names the issuer and brings the state back', async () => {
    const { answer } = await authorize(server, { client })
    expect(answer.searchParams.get('iss')).toBe(`${server.origin}/oauth`)
    expect(answer.searchParams.get('state')).toBe('a-state')
  })
  test('a code that comes twice ends everything that came of it', async () => {
    const { answer, verifier } = await authorize(server, { client, scope: 'openid patient/*.rs offline_access' })
    const fields = {
      grant_type: 'authorization_code',
      client_id: client,
      code: answer.searchParams.get('code')!,
      redirect_uri: 'https://app.example/callback',
      code_verifier: verifier,
    }
    const first = await post(server, '/oauth/token', fields)
    expect(first.body.refresh_token).toBeTypeOf('string')
    expect((await post(server, '/oauth/token', fields)).status).toBe(400)
    expect(await server.oauth.readerOfToken(`Bearer ${first.body.access_token}`, '')).toBeNull()
  })
})

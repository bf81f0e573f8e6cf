import { hash } from 'node:crypto'
import { expect, test } from 'vitest'
import { FAKE_ACCOUNT, fakePortal } from './index.ts'

const form = (members: Readonly<Record<string, string>>): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams(members),
})

test('by hand, as its letters describe it: token, dossier, wrong token, what it has', async () => {
  const portal = await fakePortal({ wantsSignature: false })
  const { username, password, facility } = FAKE_ACCOUNT
  const passwordHash = hash('md5', password, 'hex').toUpperCase()
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(portal.address + path, init)
    return { status: response.status, body: (await response.json()) as Record<string, never> }
  }
  expect(await ask('/api/token/take', form({ username, password: 'x' }))).toMatchObject({ body: { maKetQua: '401' } })
  const { APIKey } = (await ask('/api/token/take', form({ username, password: passwordHash }))).body
  const { access_token, id_token, expires_in } = APIKey as unknown as Record<string, string>
  expect(Date.parse(expires_in ?? '')).toBeGreaterThan(Date.now())

  const inner = '<TONG_HOP><MA_LK>LK-9</MA_LK><STT>1</STT></TONG_HOP>'
  const file =
    `<GIAMDINHHS><THONGTINDONVI><MACSKCB>${facility}</MACSKCB></THONGTINDONVI><THONGTINHOSO><NGAYLAP>20261124</NGAYLAP>` +
    '<SOLUONGHOSO>1</SOLUONGHOSO><DANHSACHHOSO><HOSO><FILEHOSO><LOAIHOSO>XML1</LOAIHOSO><NOIDUNGFILE>' +
    `${Buffer.from(inner).toString('base64')}</NOIDUNGFILE></FILEHOSO></HOSO></DANHSACHHOSO></THONGTINHOSO>` +
    '<CHUKYDONVI/></GIAMDINHHS>'
  const sent = form({
    username,
    loaiHoSo: '130',
    maTinh: '00',
    maCSKCB: facility,
    fileHSBase64: Buffer.from(file).toString('base64'),
  })
  const headers = { accessToken: access_token ?? '', tokenId: id_token ?? '', passwordHash }
  const path = '/api/qd130/guiHoSoXmlQD3176'
  expect(await ask(path, { ...sent, headers })).toMatchObject({
    status: 200,
    body: { maKetQua: '200', maGiaoDich: 'FAKE00000001', thoiGianTiepNhan: expect.stringMatching(/^\d{14}$/) },
  })
  expect(await ask(path, { ...sent, headers: { ...headers, tokenId: 'x' } })).toMatchObject({ status: 401 })
  expect((await ask('/fake/received')).body).toEqual({
    received: [{ receipt: 'FAKE00000001', kind: '130', facility, visits: ['LK-9'] }],
  })
  await portal.close()
})

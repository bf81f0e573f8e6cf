import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Coverage, FhirResource, Patient } from '#fhir/r4'
import { identifierSystems } from '#fhir/naming'
import { type Dossier, writeDossierFile } from '#obligations/health-insurance'
import { journeys, startProduct, takeScreenshot } from '#testing/browser'
import { FAKE_ACCOUNT, FAKE_ASKERS, FAKE_CARDS, type FakePortal, fakePortal } from '#testing/fake-portal'
import { insuranceDossier } from '#testing/insurance-dossiers'
import { nativeVisit, ordinaryVisit } from '#testing/native-visits'

const DESK = { viewport: { width: 1366, height: 768 } }
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true }
const [[askerId, askerName] = ['', '']] = [...FAKE_ASKERS]
const { facility } = insuranceDossier(0)
const holder = FAKE_CARDS.find(({ code }) => code === '003')!

/** Of another facility than the account: the portal returns it. */
function foreign(dossier: Dossier): Dossier {
  const [summary] = dossier.tables.XML1!
  const values = { ...summary!.values, MA_CSKCB: '00922' }
  return { ...dossier, facility: '00922', tables: { ...dossier.tables, XML1: [{ values, unknown: null }] } }
}

const fileOf = (name: string, dossiers: readonly Dossier[]) => ({
  name,
  mimeType: 'text/xml',
  buffer: Buffer.from(writeDossierFile(dossiers, dossiers[0]!.made)),
})

/** Somebody with an old card in our record, whose visit is going on. */
function arrival(): readonly FhirResource[] {
  const text = JSON.stringify(nativeVisit(ordinaryVisit(0))).replaceAll('00931', facility)
  return (JSON.parse(text) as FhirResource[]).map((resource) => {
    if (resource.resourceType === 'Patient') {
      const identifier = [
        ...(resource.identifier ?? []).filter(({ system }) => system === identifierSystems.patientCode),
        { system: identifierSystems.personalId, value: holder.personalId },
      ]
      return { ...resource, identifier, name: [{ text: holder.name }], birthDate: '1980-01-04' } satisfies Patient
    }
    if (resource.resourceType === 'Coverage') {
      const identifier = [{ system: identifierSystems.insuranceCard, value: holder.card }]
      return { ...resource, identifier, subscriberId: holder.card } satisfies Coverage
    }
    return resource.resourceType === 'Encounter' ? { ...resource, status: 'in-progress' } : resource
  })
}

/** What visits share; of another hospital in each of them. */
const HOSPITAL: ReadonlySet<string> = new Set([
  'Organization',
  'Location',
  'Practitioner',
  'PractitionerRole',
  'Device',
])

async function write(address: string, resources: readonly FhirResource[]): Promise<void> {
  const entry = resources.map((resource) => ({
    resource,
    request: { method: 'PUT', url: `${resource.resourceType}/${resource.id}` },
  }))
  const answer = await fetch(`${address}/fhir/R4`, {
    method: 'POST',
    headers: { 'content-type': 'application/fhir+json' },
    body: JSON.stringify({ resourceType: 'Bundle', type: 'transaction', entry }),
  })
  expect(answer.status).toBe(200)
}

journeys('sending to Social Insurance', (openPage) => {
  let address: string
  let portal: FakePortal
  beforeAll(async () => {
    portal = await fakePortal({ accounts: [{ ...FAKE_ACCOUNT, facility }] })
    const product = await startProduct({
      LANH_BHXH_URL: portal.address,
      LANH_BHXH_USER: FAKE_ACCOUNT.username,
      LANH_BHXH_PASSWORD: FAKE_ACCOUNT.password,
      LANH_BHXH_FACILITY: facility,
      LANH_BHXH_ASKER: askerName,
      LANH_BHXH_ASKER_ID: askerId,
    })
    ;({ address } = product)
    const ended = nativeVisit(ordinaryVisit(1)).filter(({ resourceType }) => !HOSPITAL.has(resourceType))
    for (const resources of [arrival(), ended]) await write(address, resources)
  })
  afterAll(() => portal.close())

  const open = async <P extends Page>(page: P, path: string): Promise<P> => {
    await page.goto(`${address}/insurance${path}`)
    await page.getByRole('navigation', { name: 'Các trang của bàn giám định' }).waitFor()
    return page
  }
  const desk = async (path = '') => open(await openPage(DESK), path)
  /** A page of its own for requests that fail: its complaints are what it is about. */
  const besetDesk = async (path = '', options: Parameters<typeof openPage>[0] = DESK) =>
    open(await (await openPage(options)).context().newPage(), path)

  test('a broken server is told and nothing is lost: a file waits, is sent again and becomes dossiers', async () => {
    const page = await besetDesk('/import')
    await page.getByText('Chưa nhập tệp nào.').waitFor()
    await page.getByRole('switch', { name: 'Để Lành gửi các hồ sơ này' }).click({ force: true })
    await page.getByText(/Đang bật: hồ sơ không lỗi/).waitFor()
    await page.route('**/insurance/imports', (route) => route.fulfill({ status: 500, body: 'no' }))
    const ours = Array.from({ length: 6 }, (_, at) => insuranceDossier(at))
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([fileOf('cua-lanh.xml', ours), fileOf('co-so-khac.xml', [foreign(insuranceDossier(7))])])
    const line = page.getByRole('article', { name: 'cua-lanh.xml' })
    await line.getByText('Chưa tải lên được').waitFor()
    await takeScreenshot(page, 'insurance-broken-server')
    await page.unroute('**/insurance/imports')
    await line.getByRole('button', { name: 'Tải lên lại' }).click()
    await page.getByRole('button', { name: 'Tải lên lại' }).click()
    await page.getByText(/2 tệp xong · 0 tệp chờ · 0 tệp không nhận · 7 hồ sơ/).waitFor()
    expect(await page.getByRole('article', { name: 'cua-lanh.xml' }).getByText('Lành gửi').count()).toBe(1)
  })

  test('a list that cannot be renewed stays, and says that it is older', async () => {
    const page = await besetDesk()
    await page.getByText('Đang hiện 7 hồ sơ').waitFor()
    await page.route('**/insurance/dossiers/**', (route) => route.abort())
    await page.keyboard.press('g')
    await page.getByRole('dialog').getByRole('button', { name: 'Gửi 1 hồ sơ' }).click()
    await page.getByText(/Chưa gửi được: /).waitFor()
    await page.getByRole('dialog').getByRole('button', { name: 'Đóng' }).click()
    await page.getByText('Danh sách chưa cập nhật được. Đang hiện dữ liệu cũ hơn.').waitFor()
    expect(await page.getByRole('row').count()).toBeGreaterThan(7)
    expect(portal.received).toHaveLength(0)
  })

  test('what is ready is signed and sent; what the portal takes has a number, what it returns says why', async () => {
    const page = await desk()
    await page.getByRole('button', { name: /Gửi hết hồ sơ sẵn sàng \(7\)/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByRole('button', { name: 'Gửi 7 hồ sơ' }).click()
    await dialog.getByText('Xong: 7 hồ sơ đã giao gửi').waitFor()
    await dialog.getByRole('button', { name: 'Đóng' }).click()
    await page.getByRole('button', { name: 'Được nhận 6' }).waitFor({ timeout: 20_000 })
    await takeScreenshot(page, 'insurance-sent')
    expect(portal.received).toHaveLength(6)
    await page.getByRole('button', { name: 'Bị từ chối 1' }).click()
    await page.getByText('Đang hiện 1 hồ sơ').waitFor()
    await page.getByRole('link', { name: insuranceDossier(7).visit }).click()
    await page.getByRole('tab', { name: 'Quá trình' }).click()
    await page.getByText(/403 Mã cơ sở trong hồ sơ khác mã cơ sở của tài khoản/).waitFor()
    await takeScreenshot(page, 'insurance-refused')
  })

  test('a card is looked up, the new one is kept with a click, and the portal is told that its holder came', async () => {
    const page = await desk('/cards')
    await page.keyboard.type(`${holder.personalId}||${holder.name}|04011980|Nam|Hà Nội|01012024`)
    await page.keyboard.press('Enter')
    await expect.poll(() => page.getByLabel('Họ và tên').inputValue()).toBe(holder.name)
    await page.getByText('Thẻ cũ đã hết hạn, người bệnh đã được cấp thẻ mới: dùng thẻ mới').waitFor()
    const person = page.getByRole('article', { name: holder.name })
    await person.getByRole('cell', { name: holder.card, exact: true }).waitFor()
    await takeScreenshot(page, 'insurance-cards')
    await person.getByRole('button', { name: 'Lưu thẻ này cho người bệnh' }).click()
    await person.getByText('Đã lưu thẻ.').waitFor()
    expect(await person.getByRole('cell', { name: holder.newCard!, exact: true }).count()).toBe(2)
    await person.getByRole('button', { name: 'Báo vào khám' }).click()
    await person.getByText(/Mã giao dịch FAKE/).waitFor({ timeout: 20_000 })
    expect(portal.received.at(-1)?.kind).toBe('0')
    expect(page.url()).not.toContain(holder.personalId)
  })

  test('a look-up that fails says why and keeps what was typed; on a dark tablet nothing is cut off', async () => {
    const page = await besetDesk('/cards', { ...TABLET, colorScheme: 'dark' })
    const number = page.getByLabel('Số thẻ BHYT hoặc số định danh cá nhân')
    await page.getByRole('button', { name: 'Tra cứu', exact: true }).click()
    await page.getByText(/Cần đủ số thẻ hoặc số định danh/).waitFor()
    await number.fill('XX4019999999999')
    await page.getByLabel('Họ và tên').fill('Nguyễn Thị Không Có Trong Danh Sách')
    await page.getByLabel('Ngày hoặc năm sinh').fill('1980')
    await page.route('**/insurance/card-look-ups', (route) => route.abort())
    await page.keyboard.press('Enter')
    await page.getByText(/Chưa tra cứu được: /).waitFor()
    expect(await number.inputValue()).toBe('XX4019999999999')
    await page.unroute('**/insurance/card-look-ups')
    await page.keyboard.press('Enter')
    await page.getByText(/Không tìm thấy thông tin thẻ/).waitFor()
    await takeScreenshot(page, 'insurance-cards-dark')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(820)
  })

  test('the dossier of a visit of the chart is made from its page, and what is wrong with it is shown', async () => {
    const page = await openPage(DESK)
    await page.goto(`${address}/patient/nguoi-benh-1/visits`)
    await page.getByRole('button', { name: 'Lập hồ sơ' }).click()
    await page.waitForURL(/\/insurance\/dossier\//)
    await page.getByText('TG00931.1').first().waitFor()
    // By now the facility has catalogues of what other dossiers had: what is new to them is a warning, no error.
    await page
      .getByText(/Hồ sơ không có lỗi và cảnh báo nào\.|cảnh báo/)
      .first()
      .waitFor()
  })
})

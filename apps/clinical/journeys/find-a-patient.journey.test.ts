import { gzipSync } from 'node:zlib'
import { beforeAll, expect, test } from 'vitest'
import {
  hospitalWith,
  journeys,
  numberOfSomebody,
  takeScreenshot,
  type HospitalWithPeople,
  type VisitedPage,
} from '#testing/browser'
import { specialPatients } from '#testing/demo-hospital'
import { countingActions } from './actions.ts'

const DESK = { viewport: { width: 1366, height: 768 } }
/** First load script of any role's first screen, compressed. */
const SCRIPT_BUDGET = 250 * 1024

journeys('finding a patient', (openPage) => {
  let hospital: HospitalWithPeople
  beforeAll(async () => {
    hospital = await hospitalWith({ patients: 40 })
  })

  const openedAt = async (path = '/'): Promise<VisitedPage> => {
    const page = await openPage(DESK)
    await page.goto(hospital.address + path)
    await page.locator('main').waitFor()
    return page
  }
  const banner = (page: VisitedPage) => page.getByTestId('patient-banner')
  const rows = (page: VisitedPage) => page.locator('#found-patients [role=option]')

  test('somebody types a name without marks and presses Enter: one action opens the chart', async () => {
    const page = await openedAt()
    const actions = countingActions(page)
    await actions.type('bui xuan truong')
    await rows(page).first().waitFor()
    await takeScreenshot(page, 'find-a-patient')
    await actions.press('Enter')
    await expect.poll(() => banner(page).textContent()).toContain('BÙI XUÂN TRƯỜNG')
    expect(new URL(page.url()).pathname).toBe(`/patient/${specialPatients.inpatient}/overview`)
    expect(actions.count()).toBe(1)
  })

  test('an Enter that comes before the list waits for it, and opens the chart when there is only one', async () => {
    const page = await openedAt()
    await page.keyboard.type('cong tang ton nu')
    await page.keyboard.press('Enter')
    await expect.poll(() => banner(page).textContent()).toContain('CÔNG TẰNG TÔN NỮ')
    await page.goto(hospital.address)
    await page.locator('#find-patient').fill('')
    await page.keyboard.type('nguyen thi thanh ho')
    await page.keyboard.press('Enter')
    await expect.poll(() => rows(page).count()).toBe(2)
    expect(new URL(page.url()).pathname).toBe('/')
  })

  test('two women whose names differ by one mark are both marked, and the arrow keys choose between them', async () => {
    const page = await openedAt()
    await page.keyboard.type('nguyen thi thanh hoa')
    await expect.poll(() => rows(page).count()).toBe(2)
    expect(await rows(page).getByText('Trùng tên').count()).toBe(2)
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await expect.poll(() => banner(page).textContent()).toContain('NGUYỄN THỊ THANH HÒA')
    expect(await banner(page).textContent()).toContain('21/04/1971')
  })

  test('a birth year behind the name narrows the list', async () => {
    const page = await openedAt()
    await page.keyboard.type('bui xuan truong 1953')
    await page.getByText('Không tìm thấy người bệnh nào khớp').waitFor()
    await page.keyboard.press('Backspace')
    await page.keyboard.type('4')
    await expect.poll(() => rows(page).count()).toBe(1)
  })

  test.each([
    [
      'patient code',
      (one: HospitalWithPeople) => numberOfSomebody(one.person(specialPatients.longTrend), 'patientCode'),
    ],
    [
      'identity number',
      (one: HospitalWithPeople) => numberOfSomebody(one.person(specialPatients.longTrend), 'personalId'),
    ],
    ['phone', (one: HospitalWithPeople) => one.person(specialPatients.longTrend).telecom?.[0]?.value ?? ''],
    ['insurance card', (one: HospitalWithPeople) => one.coverageOf(specialPatients.longTrend)?.subscriberId ?? ''],
    ['birth date', () => '14/09/1961'],
    ['initials with birth year', () => 'ltbn 1961'],
    [
      'end of the identity number',
      (one: HospitalWithPeople) => numberOfSomebody(one.person(specialPatients.longTrend), 'personalId').slice(-4),
    ],
    [
      'end of the insurance card behind a name',
      (one: HospitalWithPeople) => `ngoc ${one.coverageOf(specialPatients.longTrend)?.subscriberId?.slice(-4)}`,
    ],
  ])('the %s finds its owner', async (_kind, numberIn) => {
    const page = await openedAt()
    const number = numberIn(hospital)
    expect(number).not.toBe('')
    await page.keyboard.type(number)
    await expect.poll(() => rows(page).first().textContent()).toContain('Lương Thị Bích Ngọc')
  })

  test('while Telex composes, Enter and ? belong to the input method', async () => {
    const page = await openedAt()
    await page.keyboard.type('bui xuan truong')
    await rows(page).first().waitFor()
    await page.locator('#find-patient').evaluate((field) => {
      for (const key of ['Enter', 'ArrowDown', 'Escape']) {
        field.dispatchEvent(new KeyboardEvent('keydown', { key, isComposing: true, bubbles: true, cancelable: true }))
      }
      window.dispatchEvent(new KeyboardEvent('keydown', { key: '?', isComposing: true, bubbles: true }))
    })
    expect(new URL(page.url()).pathname).toBe('/')
    expect(await page.locator('#find-patient').inputValue()).toBe('bui xuan truong')
    expect(await page.getByRole('dialog').count()).toBe(0)
  })

  test('letters still being composed are not searched for', async () => {
    const page = await openedAt()
    const asked: string[] = []
    page.on('request', (request) => {
      if (request.method() === 'POST') asked.push(request.postData() ?? '')
    })
    const input = await page.context().newCDPSession(page)
    await input.send('Input.imeSetComposition', { text: 'Hòang', selectionStart: 5, selectionEnd: 5 })
    await page.waitForTimeout(400)
    expect(asked).toEqual([])
    await input.send('Input.insertText', { text: 'Hoàng Minh Quân' })
    await expect.poll(() => rows(page).first().textContent()).toContain('Hoàng Minh Quân')
  })

  test('Ctrl+K leads to the search from any chart, Esc closes its list', async () => {
    const page = await openedAt(`/patient/${specialPatients.inpatient}/medicines`)
    await banner(page).waitFor()
    await page.keyboard.press('Control+k')
    await page.keyboard.type('le gia huy')
    await rows(page).first().waitFor()
    await page.keyboard.press('Escape')
    expect(await rows(page).count()).toBe(0)
    await page.keyboard.press('Control+k')
    await page.keyboard.type('dang thu phuong')
    await rows(page).first().waitFor()
    await page.keyboard.press('Enter')
    await expect.poll(() => banner(page).textContent()).toContain('ĐẶNG THU PHƯƠNG')
  })

  test('no name or number that was typed stands in an address', async () => {
    const page = await openedAt()
    const addresses: string[] = []
    page.on('request', (request) => addresses.push(request.url()))
    await page.keyboard.type('bui xuan truong')
    await rows(page).first().waitFor()
    expect(addresses.filter((address) => /truong|xuan/i.test(decodeURIComponent(address)))).toEqual([])
  })

  test('the first page needs no more script than its budget', async () => {
    const page = await openPage(DESK)
    const sizes: Promise<number>[] = []
    page.on('response', (response) => {
      if (response.url().endsWith('.js')) sizes.push(response.body().then((body) => gzipSync(body).length))
    })
    await page.goto(hospital.address)
    await page.locator('#find-patient').waitFor()
    const total = (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0)
    expect(total).toBeGreaterThan(50 * 1024)
    expect(total).toBeLessThan(SCRIPT_BUDGET)
  })

  test('when the server cannot be reached the page says so, and trying again works', async () => {
    // a page of its own, because a failed request is what this one is about
    const page = await (await openPage(DESK)).context().newPage()
    await page.goto(hospital.address)
    await page.route('**/fhir/**', (route) => route.abort())
    await page.locator('#find-patient').fill('bui xuan truong')
    await page.getByText('Không kết nối được với máy chủ').waitFor()
    await page.getByText('Mất mạng').waitFor()
    await page.unroute('**/fhir/**')
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await page.locator('#found-patients [role=option]').first().waitFor()
    await page.getByText('Trực tuyến').waitFor()
  })
})

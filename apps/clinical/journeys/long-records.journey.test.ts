import { beforeAll, expect, test } from 'vitest'
import { hospitalWith, journeys, takeScreenshot, type HospitalWithPeople, type VisitedPage } from '#testing/browser'
import { specialPatients } from '#testing/demo-hospital'

const DESK = { viewport: { width: 1366, height: 768 } }
/** The budget is 1 s on a ward's machine; a test machine runs the server, the database and two more suites beside it. */
const SLOWEST_OPENING_MS = 6_000
/** Lines a virtual list may hold; a drawn list of the same record would hold thousands. */
const MOST_LINES = 120

journeys('charts of 2,000 visits and of a stay of 120 days', (openPage) => {
  let hospital: HospitalWithPeople
  beforeAll(async () => {
    hospital = await hospitalWith({ patients: 2, longRecords: true })
  }, 300_000)

  const opened = async (path: string): Promise<VisitedPage> => {
    const page = await openPage(DESK)
    await page.goto(hospital.address + path)
    await page.getByTestId('patient-banner').waitFor()
    return page
  }
  const dialysis = `/patient/${specialPatients.dialysis}`
  const longStay = `/patient/${specialPatients.longStay}`

  test('the chart of 2,000 visits opens and its counter is true', async () => {
    const page = await openPage(DESK)
    await page.goto(hospital.address)
    const begin = Date.now()
    await page.goto(`${hospital.address}${dialysis}/overview`)
    await page.getByRole('region', { name: 'Thuốc đang dùng' }).waitFor()
    expect(Date.now() - begin).toBeLessThan(SLOWEST_OPENING_MS)
    expect(await page.getByRole('region', { name: 'Lượt khám gần đây' }).textContent()).toContain('2000')
  })

  test('the timeline reads on as one scrolls and never holds more than what is in view', async () => {
    const page = await opened(`${dialysis}/timeline`)
    const feed = page.getByRole('region', { name: 'Diễn biến theo ngày' })
    await feed.locator('article').first().waitFor()
    const read = new Set<string>()
    page.on('response', (response) => {
      if (response.url().includes('$timeline')) read.add(response.url())
    })
    for (let times = 0; times < 12; times += 1) {
      await feed.evaluate((box) => box.scrollTo(0, box.scrollHeight))
      await page.waitForTimeout(250)
      expect(await feed.locator('article').count()).toBeLessThan(MOST_LINES)
    }
    expect(read.size).toBeGreaterThan(3)
    await feed.evaluate((box) => box.scrollTo(0, 0))
    await expect.poll(() => feed.locator('h2').first().textContent()).toContain('2026')
    await takeScreenshot(page, 'chart-timeline')
  })

  test('when reading on fails, what was read stays, nothing asks again by itself, and one press goes on', async () => {
    const page = await (await openPage(DESK)).context().newPage()
    await page.goto(`${hospital.address}${dialysis}/timeline`)
    const feed = page.getByRole('region', { name: 'Diễn biến theo ngày' })
    await feed.locator('article').first().waitFor()
    let refused = 0
    await page.route('**/*_cursor*', (route) => {
      refused += 1
      return route.abort()
    })
    const sentence = page.getByText('Không tải được phần cũ hơn.')
    await expect
      .poll(async () => {
        await feed.evaluate((box) => box.scrollTo(0, box.scrollHeight))
        return sentence.count()
      })
      .toBe(1)
    await page.waitForTimeout(600)
    expect(refused).toBe(1)
    expect(await feed.locator('article').count()).toBeGreaterThan(5)
    await page.unroute('**/*_cursor*')
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await expect.poll(() => sentence.count()).toBe(0)
  })

  test('a filter shows one kind and stays in the address', async () => {
    const page = await opened(`${longStay}/timeline`)
    await page.getByRole('group', { name: 'Lọc theo loại' }).getByText('Thủ thuật, tiêm').click()
    await page.waitForURL('**kind=procedure')
    await expect.poll(() => page.locator('article').count()).toBeGreaterThan(3)
    expect(
      new Set(await page.locator('article').evaluateAll((all) => all.map((one) => one.getAttribute('data-kind')))),
    ).toEqual(new Set(['procedure']))
  })

  test('the list of 2,000 visits is walked by the arrow keys, and a year is one choice away', async () => {
    const page = await opened(`${dialysis}/visits`)
    const list = page.getByRole('listbox')
    await list.getByRole('option').first().waitFor()
    await list.focus()
    await page.keyboard.press('End')
    await page.keyboard.press('Home')
    await page.keyboard.press('ArrowDown')
    await page.waitForURL('**chosen=**')
    expect(await list.getByRole('option').count()).toBeLessThan(MOST_LINES)
    await page.getByRole('combobox', { name: 'Năm' }).selectOption('2020')
    await expect.poll(() => list.getByRole('option').first().textContent()).toContain('/2020')
  })

  test('the stay of 120 days is read as a flowsheet and day by day', async () => {
    const page = await opened(`${longStay}/visits?part=vitals`)
    await page.locator('.uplot canvas').first().waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.locator('.uplot').count()).toBeGreaterThanOrEqual(5)
    await takeScreenshot(page, 'chart-flowsheet')
    await page.getByRole('tab', { name: 'Diễn biến hằng ngày' }).click()
    const notes = page.getByRole('region', { name: 'Diễn biến hằng ngày' })
    await notes.locator('article').first().waitFor()
    expect(await notes.textContent()).toContain('Phiếu theo dõi điều trị')
  })

  test('results reach back as one scrolls to the right', async () => {
    const page = await opened(`${dialysis}/results`)
    const table = page.getByRole('table')
    await table.waitFor()
    const oldest = () => page.getByText(/Đang xem \d+ thời điểm/).textContent()
    const before = await oldest()
    await table.evaluate((element) => element.parentElement?.scrollTo(100_000, 0))
    await expect.poll(oldest).not.toBe(before)
  })
})

import type { Bundle, Observation } from '#fhir/r4'
import { beforeAll, expect, test } from 'vitest'
import { hospitalWith, journeys, takeScreenshot, type HospitalWithPeople, type VisitedPage } from '#testing/browser'
import { specialPatients } from '#testing/demo-hospital'

const DESK = { viewport: { width: 1366, height: 768 } }
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true }

journeys('reading a chart', (openPage) => {
  let hospital: HospitalWithPeople
  beforeAll(async () => {
    hospital = await hospitalWith({ patients: 14 })
  })

  const chart = async (
    id: string,
    tab = 'overview',
    options: Parameters<typeof openPage>[0] = DESK,
  ): Promise<VisitedPage> => {
    const page = await openPage(options)
    await page.goto(`${hospital.address}/patient/${id}/${tab}`)
    await page.getByTestId('patient-banner').waitFor()
    await page.waitForLoadState('networkidle')
    return page
  }

  test('the overview answers in one look: why here, problems, vital signs, results, medicines', async () => {
    const page = await chart(specialPatients.inpatient)
    for (const panel of [
      'Lý do và đợt điều trị',
      'Vấn đề đang theo dõi',
      'Sinh hiệu gần nhất',
      'Kết quả mới',
      'Thuốc đang dùng',
    ]) {
      await page.getByRole('region', { name: panel }).waitFor()
    }
    await takeScreenshot(page, 'chart-overview')
  })

  test('Alt+1 to Alt+7 open the pages, each with an address that Back, reload and a colleague can use', async () => {
    const page = await chart(specialPatients.longTrend)
    const pages = ['overview', 'timeline', 'results', 'medicines', 'problems', 'visits', 'documents']
    for (const [at, tab] of pages.entries()) {
      await page.keyboard.press(`Alt+${at + 1}`)
      await page.waitForURL(`**/patient/${specialPatients.longTrend}/${tab}**`)
    }
    await page.goBack()
    await page.waitForURL('**/visits**')
    await page.reload()
    await page.getByRole('listbox', { name: /Danh sách lượt khám/ }).waitFor()
  })

  test('? lists the keys, Esc closes the list', async () => {
    const page = await chart(specialPatients.longTrend)
    await page.keyboard.press('?')
    await page.getByRole('dialog', { name: 'Phím tắt của màn hình này' }).waitFor()
    await page.keyboard.press('Escape')
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0)
  })

  test('never asked about allergies, asked and none, and a known allergy look and read differently', async () => {
    const said = async (id: string) => (await chart(id)).getByTestId('patient-banner').textContent()
    expect(await said(specialPatients.newcomer)).toContain('Chưa hỏi dị ứng')
    expect(await said(specialPatients.longTrend)).toMatch(/Dị ứng: \S/)
  })

  test('somebody registered and nothing else has a chart that says so on every page', async () => {
    const page = await chart(specialPatients.newcomer)
    await page.getByText('Chưa có lượt khám nào.').waitFor()
    const words = {
      timeline: 'Hồ sơ chưa có diễn biến nào.',
      results: 'Chưa có kết quả xét nghiệm nào.',
      medicines: 'Hồ sơ chưa có thuốc nào.',
      problems: 'Chưa ai ghi nhận câu trả lời về dị ứng',
      visits: 'Chưa có lượt khám nào.',
      documents: 'Chưa có giấy tờ nào.',
    }
    for (const [tab, sentence] of Object.entries(words)) {
      await page.goto(`${hospital.address}/patient/${specialPatients.newcomer}/${tab}`)
      await page.getByText(sentence).waitFor()
    }
  })

  test('a chart that does not exist says so and leads back', async () => {
    const page = await openPage(DESK)
    await page.goto(`${hospital.address}/patient/nobody/overview`)
    await page.getByText('Không có hồ sơ này').waitFor()
    await page.getByRole('alert').getByRole('link', { name: 'Tìm người bệnh' }).click()
    await page.locator('#find-patient').waitFor()
  })

  test('abnormal results carry a sign, and the arrow keys walk the tests while the trend follows', async () => {
    const page = await chart(specialPatients.longTrend, 'results')
    await page.getByText('Creatinin').first().click()
    await page.getByRole('complementary', { name: 'Diễn tiến của Creatinin' }).waitFor()
    await page.locator('.uplot canvas').waitFor()
    expect(await page.locator('table').getByText('▲').count()).toBeGreaterThan(3)
    await takeScreenshot(page, 'chart-results')
    const before = page.url()
    await page.keyboard.press('ArrowDown')
    await expect.poll(() => page.url()).not.toBe(before)
    await page.keyboard.press('ArrowUp')
    await page.getByRole('complementary', { name: 'Diễn tiến của Creatinin' }).waitFor()
  })

  test('medicines in use come first, each with how to take it', async () => {
    const page = await chart(specialPatients.inpatient, 'medicines')
    const inUse = page.getByRole('region', { name: 'Đang dùng' })
    expect(await inUse.locator('tbody tr').count()).toBeGreaterThan(2)
    expect(await inUse.locator('tbody td').first().textContent()).toMatch(/ngày \d+ lần/)
  })

  test('the language switch turns every word, and is remembered', async () => {
    const page = await chart(specialPatients.inpatient)
    await page.getByRole('button', { name: 'Switch to English' }).click()
    await page.getByRole('link', { name: 'Problems & allergies' }).waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('en')
    await page.reload()
    await page.getByRole('region', { name: 'Current medicines' }).waitFor()
    expect(await page.locator('nav').allTextContents()).not.toContain('Tổng quan')
  })

  test('the dark theme stands before the first pixel after a reload', async () => {
    const page = await chart(specialPatients.inpatient)
    await page.getByRole('button', { name: 'Nền tối' }).click()
    await page.reload({ waitUntil: 'commit' })
    await page.waitForFunction(() => document.documentElement.dataset['mantineColorScheme'] !== undefined)
    expect(await page.evaluate(() => document.documentElement.dataset['mantineColorScheme'])).toBe('dark')
    await page.getByRole('region', { name: 'Thuốc đang dùng' }).waitFor()
    await takeScreenshot(page, 'chart-dark')
  })

  test('on a tablet nothing is cut off: the page is as wide as the screen', async () => {
    for (const tab of ['overview', 'results', 'visits', 'documents']) {
      const page = await chart(specialPatients.inpatient, tab, TABLET)
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(820)
      if (tab === 'overview') await takeScreenshot(page, 'chart-tablet')
    }
  })

  test('Ctrl+P leads to a light page for paper with the banner and the time of printing', async () => {
    const page = await chart(specialPatients.inpatient, 'overview', { ...DESK, colorScheme: 'dark' })
    await page.keyboard.press('Control+p')
    await page.waitForURL('**/print')
    await page.getByText(/In lúc \d\d\/\d\d\/\d{4} \d\d:\d\d/).waitFor()
    const sheet = page.locator('table').first()
    expect(await sheet.evaluate((element) => getComputedStyle(element).backgroundColor)).toBe('rgb(255, 255, 255)')
    expect(await sheet.textContent()).toContain('BÙI XUÂN TRƯỜNG')
    await takeScreenshot(page, 'chart-print')
    await page.keyboard.press('Escape')
    await page.waitForURL('**/overview')
  })

  test('printing an open paper leaves the frame of the screen off the sheet', async () => {
    const page = await chart(specialPatients.inpatient, 'documents')
    await page.locator('main article').waitFor()
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('banner').isVisible()).toBe(false)
    expect(await page.getByRole('listbox').isVisible()).toBe(false)
    expect(await page.getByTestId('patient-banner').isVisible()).toBe(true)
    expect(await page.locator('main article').isVisible()).toBe(true)
  })

  test('somebody with a similar name in the same department is warned of', async () => {
    const page = await chart(specialPatients.inpatient)
    expect(await page.getByTestId('patient-banner').textContent()).not.toContain('Tên gần giống')
    const name = { text: 'Bùi Xuân Trưởng', family: 'Bùi', given: ['Xuân', 'Trưởng'] }
    await hospital.post({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          request: { method: 'PUT', url: 'Patient/near-name' },
          resource: { resourceType: 'Patient', id: 'near-name', name: [name], birthDate: '1960-05-01' },
        },
        {
          request: { method: 'PUT', url: 'Encounter/near-name-stay' },
          resource: {
            resourceType: 'Encounter',
            id: 'near-name-stay',
            status: 'in-progress',
            class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'IMP' },
            subject: { reference: 'Patient/near-name' },
            serviceProvider: { display: 'Khoa Nội tổng hợp' },
            period: { start: '2026-11-19T08:00:00+07:00' },
          },
        },
      ],
    })
    await page.reload()
    const mark = page.getByTestId('patient-banner').getByText('Tên gần giống')
    await mark.waitFor()
    expect(await page.getByTitle(/Bùi Xuân Trưởng \(1960\)/).count()).toBe(1)
  })

  test('a corrected result shows what it said before, struck through, in the sheet, its course and the timeline', async () => {
    const id = specialPatients.inpatient
    const found = await fetch(`${hospital.address}/fhir/R4/Observation?patient=${id}&code=14749-6&_sort=-date&_count=1`)
    const glucose = ((await found.json()) as Bundle<Observation>).entry![0]!.resource!
    await hospital.post({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          request: { method: 'PUT', url: `Observation/${glucose.id}` },
          resource: {
            ...glucose,
            status: 'corrected',
            valueQuantity: { ...glucose.valueQuantity, value: 26.9 },
            interpretation: [{ coding: [{ code: 'HH' }] }],
          },
        },
      ],
    })
    const before = glucose.valueQuantity!.value!.toFixed(1).replace('.', ',')
    const page = await chart(id, 'results')
    const line = page.getByRole('row', { name: /Glucose máu/ })
    await line.locator('del').getByText(before, { exact: true }).waitFor()
    expect(await line.textContent()).toContain('26,9')
    await line.getByRole('button').click()
    await page.locator('aside del').first().waitFor()
    await takeScreenshot(page, 'chart-corrected')
    await page.keyboard.press('Alt+2')
    const finding = page
      .getByRole('region', { name: /Diễn biến theo ngày/ })
      .locator('del')
      .first()
    expect(await finding.textContent()).toBe(before)
  })

  test('values keep the zeros they were measured with, also alone in the timeline', async () => {
    const id = specialPatients.inpatient
    const observation: Observation = {
      resourceType: 'Observation',
      id: 'zeros',
      status: 'final',
      category: [{ coding: [{ code: 'laboratory' }] }],
      code: { text: 'Chỉ số thử' },
      subject: { reference: `Patient/${id}` },
      effectiveDateTime: '2026-11-20T10:31:00+07:00',
    }
    const answer = await fetch(`${hospital.address}/fhir/R4/Observation/zeros`, {
      method: 'PUT',
      headers: { 'content-type': 'application/fhir+json' },
      body: JSON.stringify(observation).replace(/}$/, ',"valueQuantity":{"value":7.00,"unit":"mmol/L"}}'),
    })
    expect(answer.status).toBe(201)
    const page = await chart(id, 'timeline')
    await page.getByText('Chỉ số thử 7,00 mmol/L').waitFor()
  })

  test('markup from another system is drawn as words: nothing of it runs, links or styles', async () => {
    const patient = { reference: `Patient/${specialPatients.waiting}` }
    const div =
      '<div xmlns="http://www.w3.org/1999/xhtml"><p style="position:fixed">Lời <b>dặn</b></p>' +
      '<img src="https://example.org/x.png" alt="x"/><a href="https://example.org">ở đây</a>' +
      '<table><tr><td colspan="2">ô</td></tr></table></div>'
    const html =
      '<p>Thư</p><script>window.hurt=1</script><iframe src="https://example.org"></iframe><svg onload="window.hurt=1"></svg>'
    await hospital.post({
      resourceType: 'Bundle',
      type: 'transaction',
      entry: [
        {
          request: { method: 'PUT', url: 'Composition/hostile' },
          resource: {
            resourceType: 'Composition',
            id: 'hostile',
            status: 'final',
            type: { text: 'Thư' },
            subject: patient,
            date: '2026-11-20T09:00:00+07:00',
            author: [{ display: 'BS' }],
            title: 'Thư chuyển',
            section: [{ title: 'Nội dung', text: { status: 'generated', div } }],
          },
        },
        {
          request: { method: 'PUT', url: 'DocumentReference/hostile' },
          resource: {
            resourceType: 'DocumentReference',
            id: 'hostile',
            status: 'current',
            subject: patient,
            date: '2026-11-20T09:00:00+07:00',
            content: [
              { attachment: { contentType: 'text/html', title: 'Thư', data: Buffer.from(html).toString('base64') } },
            ],
          },
        },
      ],
    })
    for (const key of ['Composition/hostile', 'DocumentReference/hostile']) {
      // a page of its own: that the content security policy refused a handler too is no complaint here
      const page = await (await openPage(DESK)).context().newPage()
      await page.goto(
        `${hospital.address}/patient/${specialPatients.waiting}/documents?chosen=${encodeURIComponent(key)}`,
      )
      const paper = page.locator('main article')
      await paper.waitFor()
      expect(await paper.locator('script, iframe, svg, img, a, [style], [onclick]').count()).toBe(0)
      expect(await page.evaluate(() => 'hurt' in window)).toBe(false)
    }
    const page = await chart(specialPatients.waiting, `documents?chosen=${encodeURIComponent('Composition/hostile')}`)
    expect(await page.locator('main article').textContent()).toContain('Lời dặn')
    expect(await page.locator('main article td').getAttribute('colspan')).toBe('2')
  })

  test('what is open stays readable when the network goes, and the top says so', async () => {
    const page = await (await openPage(DESK)).context().newPage()
    await page.goto(`${hospital.address}/patient/${specialPatients.inpatient}/overview`)
    await page.getByRole('region', { name: 'Thuốc đang dùng' }).waitFor()
    await page.route('**/fhir/**', (route) => route.abort())
    await page.keyboard.press('Alt+3')
    await page.getByText('Không kết nối được với máy chủ').waitFor()
    await page.getByRole('status').getByText('Mất mạng').waitFor()
    expect(await page.getByTestId('patient-banner').textContent()).toContain('BÙI XUÂN TRƯỜNG')
    await page.keyboard.press('Alt+1')
    await page.getByRole('region', { name: 'Thuốc đang dùng' }).waitFor()
  })

  test('a server in trouble is told in words with a way out', async () => {
    const page = await (await openPage(DESK)).context().newPage()
    await page.route('**/fhir/**', (route) => route.fulfill({ status: 503, body: 'no' }))
    await page.goto(`${hospital.address}/patient/${specialPatients.inpatient}/results`)
    await page.getByText('Máy chủ đang gặp sự cố').waitFor()
    await page.unroute('**/fhir/**')
    await page.getByRole('button', { name: 'Thử lại' }).click()
    await page.getByTestId('patient-banner').waitFor()
  })
})

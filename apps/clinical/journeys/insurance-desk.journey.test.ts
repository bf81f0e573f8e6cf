import { beforeAll, expect, test } from 'vitest'
import { type Dossier, type Values, writeDossierFile } from '#obligations/health-insurance'
import { journeys, startProduct, takeScreenshot, type VisitedPage } from '#testing/browser'
import { insuranceDossier } from '#testing/insurance-dossiers'

const DESK = { viewport: { width: 1366, height: 768 } }
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true }
const SOUND = 24

/** The dossier with other values in the first row of a table. */
function changed(dossier: Dossier, table: 'XML1' | 'XML2' | 'XML3', values: Values): Dossier {
  const [first, ...others] = dossier.tables[table] ?? []
  if (!first) throw new Error(`${dossier.visit} has no ${table}`)
  const rows = [{ ...first, values: { ...first.values, ...values } }, ...others]
  return { ...dossier, tables: { ...dossier.tables, [table]: rows } }
}

const summaryOf = (dossier: Dossier): Values => dossier.tables.XML1![0]!.values

/** Fictitious: a sum that does not add up, and somebody under another's identity number. */
const wrong = changed(insuranceDossier(40), 'XML1', { T_BHTT: '1.00' })
const twin = changed(insuranceDossier(41), 'XML1', {
  SO_CCCD: summaryOf(insuranceDossier(0)).SO_CCCD ?? '',
})

const fileOf = (name: string, dossiers: readonly Dossier[]) => ({
  name,
  mimeType: 'text/xml',
  buffer: Buffer.from(writeDossierFile(dossiers, dossiers[0]!.made)),
})

journeys('the insurance desk', (openPage) => {
  let address: string
  beforeAll(async () => {
    ;({ address } = await startProduct())
  })

  const desk = async (path = '', options: Parameters<typeof openPage>[0] = DESK): Promise<VisitedPage> => {
    const page = await openPage(options)
    await page.goto(`${address}/insurance${path}`)
    await page.getByRole('navigation', { name: 'Các trang của bàn giám định' }).waitFor()
    await page.waitForLoadState('networkidle')
    return page
  }
  const wrongDossier = async (): Promise<VisitedPage> => {
    const page = await desk('?state=draft')
    await page.getByRole('link', { name: wrong.visit }).click()
    await page.getByTestId('patient-banner').waitFor()
    return page
  }

  test('an empty desk says where to begin, and the way leads there', async () => {
    const page = await openPage(DESK)
    await page.goto(address)
    await page.getByRole('link', { name: 'Giám định BHYT' }).click()
    await page.getByText('Chưa có hồ sơ nào.').waitFor()
    await page.getByRole('main').getByRole('link', { name: 'Nhập tệp' }).last().click()
    await page.getByText('Chưa nhập tệp nào.').waitFor()
  })

  test('files that are dropped become dossiers; a broken one is named and the others go on; a reload finds them', async () => {
    const page = await desk('/import')
    const sound = Array.from({ length: SOUND }, (_, at) => insuranceDossier(at))
    await page
      .locator('input[type=file]')
      .first()
      .setInputFiles([
        fileOf('ho-so-thang-8.xml', sound),
        fileOf('ho-so-co-loi.xml', [wrong, twin]),
        { name: 'hong.xml', mimeType: 'text/xml', buffer: Buffer.from('<GIAMDINHHS><bad') },
        { name: 'anh.png', mimeType: 'image/png', buffer: Buffer.from('x') },
      ])
    await page.getByText('Đã bỏ qua 1 tệp không phải XML.').waitFor()
    await page.getByText(/2 tệp xong · 0 tệp chờ · 1 tệp không nhận · 26 hồ sơ/).waitFor({ timeout: 60_000 })
    await page.reload()
    const withErrors = page.getByRole('article', { name: 'ho-so-co-loi.xml' })
    await withErrors.getByRole('button', { name: 'Xem' }).click()
    await withErrors.getByRole('link', { name: 'Tải báo cáo CSV' }).waitFor()
    expect(await withErrors.getByRole('listitem').count()).toBeGreaterThan(0)
    await takeScreenshot(page, 'insurance-import')
  })

  test('the list counts by state, is walked by j and k and opened by Enter', async () => {
    const page = await desk()
    const grid = page.getByRole('grid', { name: 'Danh sách hồ sơ BHYT' })
    await page.getByText(`Đang hiện ${SOUND + 2} hồ sơ`).waitFor()
    await takeScreenshot(page, 'insurance-list')
    await page.keyboard.press('j')
    await page.keyboard.press('j')
    await page.keyboard.press('k')
    const chosen = grid.locator('[aria-selected=true]')
    const visit = await chosen.getByRole('link').first().textContent()
    await page.keyboard.press('Enter')
    await page.waitForURL('**/insurance/dossier/**')
    await page.getByRole('heading', { name: visit ?? '' }).waitFor()
  })

  test('what is typed to find somebody never stands in the address', async () => {
    const page = await desk()
    await page.keyboard.press('/')
    await page.keyboard.type(wrong.visit)
    await page.getByText('Đang hiện 1 hồ sơ').waitFor()
    expect(page.url()).not.toContain(wrong.visit)
  })

  test('a wrong sum is two actions away from the list: open the dossier, choose the finding', async () => {
    const page = await wrongDossier()
    const findings = page.getByRole('complementary', { name: 'Bên cạnh hồ sơ' })
    await findings
      .getByRole('button', { name: /T_BHTT/ })
      .first()
      .click()
    const cell = page.getByRole('region', { name: 'XML1', exact: true }).locator('tr[aria-current]')
    expect(await cell.textContent()).toContain('T_BHTT')
    await page.waitForURL(/field=T_BHTT/)
    await findings.getByText('Vì sao?').first().click()
    await findings.getByText('Căn cứ').first().waitFor()
    await takeScreenshot(page, 'insurance-dossier')
    await page.getByRole('tab', { name: 'XML3' }).click()
    await page.getByRole('columnheader', { name: /Tên dịch vụ/ }).waitFor()
    await page.getByRole('tab', { name: 'Lượt khám' }).click()
    await page.getByRole('complementary').getByRole('heading').first().waitFor()
    await takeScreenshot(page, 'insurance-dossier-visit')
    await page.getByRole('link', { name: 'Mở bệnh án' }).click()
    await page.waitForURL('**/patient/**')
  })

  test('a rule is switched only after its dry run was seen', async () => {
    const page = await desk('/checks')
    await page.getByRole('textbox', { name: 'Tìm quy tắc' }).fill('sum-3')
    await page.getByText('1 quy tắc, 0 đang tắt').waitFor()
    await page.getByRole('switch').first().click({ force: true })
    const dialog = page.getByRole('dialog')
    await dialog.getByText('Quy tắc này gặp ở 1 hồ sơ.').waitFor()
    await takeScreenshot(page, 'insurance-rules')
    await dialog.getByRole('button', { name: /^Tắt quy tắc/ }).click()
    await page.getByText('Đã tắt').first().waitFor()
    await page.getByRole('switch', { checked: false }).first().click({ force: true })
    await dialog.getByRole('button', { name: /^Bật quy tắc/ }).click()
    await expect.poll(() => page.getByText('Đã tắt').count()).toBe(0)
  })

  test('the closing of a month adds up, and prints without the frame of the screen', async () => {
    const month = (summaryOf(insuranceDossier(0)).NGAY_RA ?? '').replace(/^(\d{4})(\d\d).*/, '$1-$2')
    const page = await desk(`/month/${month}`)
    await page.getByRole('heading', { name: /Chốt số liệu BHYT tháng/ }).waitFor()
    await takeScreenshot(page, 'insurance-month')
    await page.emulateMedia({ media: 'print' })
    expect(await page.getByRole('banner').isVisible()).toBe(false)
    expect(await page.getByRole('navigation').first().isVisible()).toBe(false)
    expect(await page.getByRole('table', { name: 'Theo khoa' }).isVisible()).toBe(true)
  })

  test('no pair of patients is joined before somebody decides, and a decision can be changed', async () => {
    const page = await desk('/joins')
    const pair = page.getByRole('article').first()
    await pair.waitFor()
    await takeScreenshot(page, 'insurance-joins')
    await pair.getByRole('button', { name: 'Hai người khác nhau' }).click()
    await page.getByText('Đã quyết định: hai người khác nhau').waitFor()
    await page.getByRole('button', { name: 'Quyết định lại' }).click()
    await page.getByRole('button', { name: 'Cùng một người' }).click()
    await page.getByText('Đã quyết định: cùng một người').waitFor()
  })

  test('what came from files is not sent before somebody makes it ready, and that may be taken back', async () => {
    const page = await desk('?state=elsewhere')
    const ready = page.getByRole('button', { name: /^Sẵn sàng \d+$/ })
    await page.getByRole('button', { name: /^Phần mềm khác đã gửi \d+$/, pressed: true }).waitFor()
    expect(await page.getByRole('button', { name: /Gửi hết hồ sơ sẵn sàng/ }).count()).toBe(0)
    await takeScreenshot(page, 'insurance-elsewhere')
    await page.keyboard.press('c')
    await page.getByText('Đã chuyển 1 hồ sơ sang Sẵn sàng.').waitFor()
    await expect.poll(() => ready.textContent()).toBe('Sẵn sàng 1')
    await page.getByRole('button', { name: 'Hoàn tác' }).click()
    await page.getByText('Đã đánh dấu 1 hồ sơ do phần mềm khác gửi.').waitFor()
    await expect.poll(() => ready.textContent()).toBe('Sẵn sàng 0')
    await page.getByRole('button', { name: /Chuyển hết sang Sẵn sàng/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/^Chuyển \d+ hồ sơ, đề nghị quỹ BHYT thanh toán [\d.]+ đ, sang Sẵn sàng/).waitFor()
    await dialog.getByRole('button', { name: /^Chuyển \d+ hồ sơ$/ }).click()
    await page.getByText('Không có hồ sơ nào khớp bộ lọc.').waitFor()
  })

  test('sending asks with number and sum first', async () => {
    const page = await desk()
    await page.getByRole('button', { name: /Gửi hết hồ sơ sẵn sàng/ }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByText(/Ký và gửi \d+ hồ sơ, đề nghị quỹ BHYT thanh toán [\d.]+ đ\?/).waitFor()
    await dialog.getByRole('button', { name: 'Để sau' }).click()
  })

  test('dark, in English, and on a tablet nothing is cut off', async () => {
    for (const path of ['', '/import', '/checks', '/joins']) {
      const page = await desk(path, { ...TABLET, colorScheme: 'dark' })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(820)
      if (path === '') {
        await takeScreenshot(page, 'insurance-tablet-dark')
        await page.getByRole('button', { name: 'Switch to English' }).click()
        await page.getByRole('link', { name: 'Month closing' }).waitFor()
      }
    }
  })
})

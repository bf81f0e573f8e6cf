import { beforeAll, expect, test } from 'vitest'
import { Secret, TOTP } from 'otpauth'
import { journeys, startGuardedProduct, takeScreenshot, type GuardedProduct, type VisitedPage } from '#testing/browser'
import { specialPatients } from '#testing/demo-hospital'
import { countingActions } from './actions.ts'

const DESK = { viewport: { width: 1366, height: 768 } }
const TABLET = { viewport: { width: 820, height: 1180 }, hasTouch: true }
const DARK = { ...DESK, colorScheme: 'dark' } as const

const CODE = /\b[A-Z2-7]{4}(?: [A-Z2-7]{2,4})+\b/

/** A page that may meet refusals: what the browser says about them is no complaint. */
type OpenQuietly = (path?: string, options?: object) => Promise<VisitedPage>

const searchField = (page: VisitedPage) => page.locator('#find-patient')
const banner = (page: VisitedPage) => page.getByTestId('patient-banner')
const lockOf = (page: VisitedPage) => page.getByRole('dialog', { name: 'Màn hình đang khoá' })

async function virtualAuthenticator(page: VisitedPage): Promise<void> {
  const devtools = await page.context().newCDPSession(page)
  await devtools.send('WebAuthn.enable')
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  })
}

const codeNow = (secret: string, steps = 0): string =>
  new TOTP({ secret: Secret.fromBase32(secret.replaceAll(' ', '')) }).generate({
    timestamp: Date.now() + steps * 30_000,
  })

async function comeInAs(page: VisitedPage, role: RegExp): Promise<void> {
  await page.getByRole('button', { name: role }).click()
  await searchField(page).waitFor()
}

async function setPin(page: VisitedPage, pin: string): Promise<void> {
  await page.getByRole('button', { name: /Trình đơn của/ }).click()
  await page.getByRole('menuitem', { name: 'Tài khoản của tôi' }).click()
  await page.getByRole('button', { name: 'Đặt PIN' }).click()
  await page.getByLabel('Mã PIN mới').fill(pin)
  await page.keyboard.press('Enter')
  await page.getByText('Đã đặt').waitFor()
}

journeys('signing in to the demo hospital', (openPage) => {
  let product: GuardedProduct
  beforeAll(async () => {
    product = await startGuardedProduct({ demo: true, patients: 14 })
  })

  const open: OpenQuietly = async (path = '/', options = DESK) => {
    const first = await openPage(options)
    const page = (await first.context().newPage()) as VisitedPage
    await page.goto(product.address + path)
    return page
  }

  test('nobody sees anything: the first page is the door, with one touch for each role', async () => {
    const page = await openPage(DESK)
    await page.goto(product.address)
    await page.getByRole('button', { name: /^Bác sĩ/ }).waitFor()
    expect(new URL(page.url()).pathname).toBe('/sign-in')
    expect(await page.getByRole('button', { name: /^(Bác sĩ|Điều dưỡng|Tiếp đón|Quản trị hệ thống)/ }).count()).toBe(4)
    await takeScreenshot(page, 'sign-in-demo')
  })

  test('a doctor comes in by one touch and lands where the link led', async () => {
    const page = await open(`/patient/${specialPatients.inpatient}/results`)
    await page.getByRole('button', { name: /^Bác sĩ/ }).click()
    await page.waitForURL(`**/patient/${specialPatients.inpatient}/results`)
    await banner(page).waitFor()
  })

  test.each(['//evil.example/x', 'https://evil.example/', '/\\evil.example', 'javascript:alert(1)'])(
    'what stands in next is followed only within the house: %s',
    async (next) => {
      const page = await open(`/sign-in?next=${encodeURIComponent(next)}`)
      await comeInAs(page, /^Bác sĩ/)
      const { origin, pathname } = new URL(page.url())
      expect([origin, pathname]).toEqual([product.address, '/'])
    },
  )

  test('the lock covers the page and keeps what was typed; a PIN opens it at the same place', async () => {
    const page = await open()
    await comeInAs(page, /^Bác sĩ/)
    await setPin(page, '2580')
    await page.keyboard.press('Control+k')
    await page.keyboard.type('bui xuan')
    await page.getByRole('button', { name: 'Đổi người dùng' }).click()
    await lockOf(page).waitFor()
    await takeScreenshot(page, 'sign-in-lock')
    await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await page.keyboard.press('?')
    expect(await lockOf(page).isVisible()).toBe(true)
    await lockOf(page).getByLabel('Mã PIN').fill('1379')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'không đúng' }).waitFor()
    await lockOf(page).getByLabel('Mã PIN').fill('2580')
    await page.keyboard.press('Enter')
    await lockOf(page).waitFor({ state: 'detached' })
    expect(await searchField(page).inputValue()).toBe('bui xuan')
    expect(new URL(page.url()).pathname).toBe('/account')
  })

  test('a request that meets the lock waits, and goes on when it is open', async () => {
    const page = await open(`/patient/${specialPatients.inpatient}/overview`)
    await comeInAs(page, /^Bác sĩ/)
    await banner(page).waitFor()
    await page.evaluate(() =>
      fetch('/sign-in/lock', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' }),
    )
    await page.keyboard.press('Alt+3')
    await lockOf(page).waitFor()
    await page.getByRole('button', { name: 'Mở lại với vai Bác sĩ' }).click()
    await lockOf(page).waitFor({ state: 'detached' })
    await page.getByRole('table').first().waitFor()
    expect(new URL(page.url()).pathname).toBe(`/patient/${specialPatients.inpatient}/results`)
  })

  test('at night a nurse takes over in two touches and a PIN, and finds nothing of the doctor', async () => {
    const page = await open()
    await comeInAs(page, /^Điều dưỡng/)
    await setPin(page, '7392')
    await page.getByRole('button', { name: 'Đổi người dùng' }).click()
    await page.getByRole('button', { name: 'Người khác đăng nhập' }).click()
    await page.getByRole('button', { name: /^Bác sĩ/ }).click()
    await page.getByRole('button', { name: 'Trình đơn của BSCKI. Phạm Phương Trúc' }).waitFor()
    await page.goto(`${product.address}/patient/${specialPatients.inpatient}/overview`)
    await banner(page).waitFor()
    const actions = countingActions(page)
    await actions.click('Đổi người dùng')
    await actions.click(/Lê Hoài Thủy/)
    await takeScreenshot(page, 'sign-in-switch')
    await lockOf(page).getByLabel('Mã PIN').pressSequentially('7392')
    expect(actions.count()).toBe(2)
    await page.keyboard.press('Enter')
    await page.getByRole('button', { name: 'Trình đơn của ĐD. Lê Hoài Thủy' }).waitFor()
    await page.waitForURL('**/account')
    expect(await page.getByRole('navigation', { name: 'Hồ sơ đang mở' }).getByRole('link').count()).toBe(0)
    expect(await page.evaluate(() => JSON.stringify({ ...sessionStorage, ...localStorage }))).not.toMatch(/bùi|trương/i)
  })

  test('signing out leaves nothing: neither in memory nor for the Back key', async () => {
    const page = await open(`/patient/${specialPatients.inpatient}/overview`)
    await comeInAs(page, /^Bác sĩ/)
    await banner(page).waitFor()
    await page.keyboard.press('Alt+3')
    await page.getByRole('table').first().waitFor()
    await page.getByRole('button', { name: /Trình đơn của/ }).click()
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).waitFor()
    await takeScreenshot(page, 'sign-in-menu')
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
    await page.getByRole('button', { name: /^Bác sĩ/ }).waitFor()
    expect(await page.evaluate(() => sessionStorage.length)).toBe(0)
    await page.goBack()
    await page.getByRole('button', { name: /^Bác sĩ/ }).waitFor()
    expect(await page.content()).not.toMatch(/BÙI XUÂN TRƯỜNG/i)
  })

  test('one window signs out, and the others of this browser close too', async () => {
    const page = await open(`/patient/${specialPatients.inpatient}/overview`)
    await comeInAs(page, /^Bác sĩ/)
    const second = await page.context().newPage()
    await second.goto(`${product.address}/patient/${specialPatients.inpatient}/overview`)
    await second.getByTestId('patient-banner').waitFor()
    await page.getByRole('button', { name: /Trình đơn của/ }).click()
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
    await second.waitForURL('**/sign-in?next=**')
    expect(await second.getByTestId('patient-banner').count()).toBe(0)
  })

  test('a chart of somebody else’s patient says so, opens by breaking the glass, and closes again', async () => {
    const page = await open(`/patient/${specialPatients.longTrend}/overview`)
    await comeInAs(page, /^Bác sĩ/)
    await page.getByText('Hồ sơ này không thuộc người bệnh bạn đang chăm sóc').waitFor()
    expect(await banner(page).textContent()).toContain('Dị ứng: chưa được xem')
    expect(await page.getByRole('region', { name: 'Kết quả mới' }).count()).toBe(0)
    await page.getByRole('button', { name: 'Truy cập khẩn cấp' }).click()
    await page.getByRole('radio', { name: 'Cấp cứu' }).click()
    const go = page.getByRole('button', { name: 'Mở hồ sơ' })
    await page.getByLabel('Nói rõ vì sao cần xem ngay').fill('Cấp cứu')
    expect(await go.isDisabled()).toBe(true)
    await page.getByLabel('Nói rõ vì sao cần xem ngay').fill('Hôn mê tại sảnh, cần biết thuốc đang dùng')
    await takeScreenshot(page, 'sign-in-break-glass')
    await go.click()
    await page.getByRole('region', { name: 'Kết quả mới' }).waitFor()
    await page.getByText('Truy cập khẩn cấp: Lương Thị Bích Ngọc').waitFor()
    await takeScreenshot(page, 'sign-in-glass-open')
    await page.getByRole('button', { name: 'Đóng ngay' }).click()
    await page.getByText('Hồ sơ này không thuộc người bệnh bạn đang chăm sóc').waitFor()
    expect(await page.getByRole('region', { name: 'Kết quả mới' }).count()).toBe(0)
  })

  test('who may not see charts at all reads the rule’s own sentence, and is offered no glass', async () => {
    const page = await open(`/patient/${specialPatients.inpatient}/overview`)
    await comeInAs(page, /^Tiếp đón/)
    await page.getByText('Vai trò của bạn không có quyền này').waitFor()
    expect(await page.getByRole('button', { name: 'Truy cập khẩn cấp' }).count()).toBe(0)
  })

  test('dark and tablet', async () => {
    const dark = await open('/', DARK)
    await dark.getByRole('button', { name: /^Bác sĩ/ }).waitFor()
    await takeScreenshot(dark, 'sign-in-dark')
    const tablet = await open('/', TABLET)
    await comeInAs(tablet, /^Bác sĩ/)
    await tablet.getByRole('button', { name: 'Đổi người dùng' }).click()
    await lockOf(tablet).waitFor()
    await takeScreenshot(tablet, 'sign-in-tablet')
  })
})

journeys('accounts of a real hospital', (openPage) => {
  let product: GuardedProduct
  let administrator: VisitedPage
  beforeAll(async () => {
    product = await startGuardedProduct({ demo: false })
    const first = await openPage(DESK)
    administrator = (await first.context().newPage()) as VisitedPage
    await virtualAuthenticator(administrator)
  })

  test('a new hospital says how its first administrator comes in', async () => {
    const page = await openPage(DESK)
    await page.goto(product.address)
    await page.getByText('Bệnh viện chưa có tài khoản nào').waitFor()
  })

  test('the first administrator: the link of the console, a name, one touch', async () => {
    const page = administrator
    await page.goto(product.address + (await product.firstLink()))
    await page.getByLabel('Họ và tên').fill('Trần Thị Bình')
    await page.getByLabel('Tên đăng nhập').fill('quan.tri')
    expect(new URL(page.url()).hash).toBe('')
    await takeScreenshot(page, 'sign-in-first-administrator')
    await page.getByRole('button', { name: 'Tạo khoá truy cập' }).click()
    await page.getByText('Cất mã khôi phục của bạn').waitFor()
    expect(await page.getByRole('list', { name: 'Mã khôi phục' }).getByRole('listitem').count()).toBe(10)
    await takeScreenshot(page, 'sign-in-recovery-codes')
    await page.getByRole('button', { name: 'Tôi đã cất các mã này' }).click()
    await page.getByRole('button', { name: 'Trình đơn của Trần Thị Bình' }).waitFor()
  })

  test('they leave, and come back by a touch', async () => {
    const page = administrator
    await page.getByRole('button', { name: /Trình đơn của/ }).click()
    // The browser's authenticator is touched at once wherever a passkey is offered, as it is by the name field.
    const touched = page.waitForResponse((answer) => answer.url().endsWith('/sign-in/passkey') && answer.ok())
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()
    await touched
    await page.getByRole('button', { name: 'Trình đơn của Trần Thị Bình' }).waitFor()
  })

  test('their account: a PIN after the passkey was shown again, a second passkey, a name', async () => {
    const page = administrator
    await setPin(page, '4826')
    await page.getByRole('button', { name: 'Đổi tên' }).click()
    await page.getByLabel('Đặt tên cho khoá này').fill('Máy phòng máy chủ')
    await page.keyboard.press('Enter')
    await page.getByText('Máy phòng máy chủ').waitFor()
    await takeScreenshot(page, 'sign-in-account')
  })

  test('a new member of staff: the link, a password, the authenticator app; then in by both', async () => {
    const made = await administrator.evaluate(async () => {
      const answer = await fetch('/administration/accounts', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          name: 'le.van.an',
          display: 'Lê Văn An',
          agent: 'Practitioner/le-van-an',
          roles: [{ role: 'doctor', department: null }],
        }),
      })
      return (await answer.json()) as { link?: string }
    })
    const page = (await (await openPage(DESK)).context().newPage()) as VisitedPage
    await page.goto(product.address + String(made.link))
    await page.getByRole('heading', { name: 'Chào Lê Văn An' }).waitFor()
    await page.getByRole('button', { name: 'Dùng mật khẩu và ứng dụng xác thực' }).click()
    await page.getByLabel('Mật khẩu mới', { exact: true }).fill('phở bò tái chín 7 giờ')
    await page.getByLabel('Gõ lại mật khẩu mới').fill('phở bò tái chín 7 giờ')
    const secret = CODE.exec(await page.locator('code').first().innerText())?.[0] ?? ''
    await page.getByRole('img', { name: 'Mã QR' }).waitFor()
    await takeScreenshot(page, 'sign-in-authenticator')
    await page.getByLabel('Rồi gõ 6 chữ số ứng dụng hiện ra').fill(codeNow(secret))
    await page.getByRole('button', { name: 'Xong' }).click()
    await page.getByRole('button', { name: 'Tôi đã cất các mã này' }).click()
    await page.getByRole('button', { name: /Trình đơn của/ }).click()
    await page.getByRole('menuitem', { name: 'Đăng xuất' }).click()

    await page.getByLabel('Tên đăng nhập').fill('le.van.an')
    await page.getByLabel('Mật khẩu', { exact: true }).fill('không phải mật khẩu này')
    await page.keyboard.press('Enter')
    await page.getByRole('alert').filter({ hasText: 'không đúng' }).waitFor()
    await takeScreenshot(page, 'sign-in-refused')
    await page.getByLabel('Mật khẩu', { exact: true }).fill('phở bò tái chín 7 giờ')
    await page.keyboard.press('Enter')
    await page.getByLabel('Mã 6 chữ số').fill(codeNow(secret, 1))
    await page.getByRole('button', { name: 'Trình đơn của Lê Văn An' }).waitFor()
  })
})

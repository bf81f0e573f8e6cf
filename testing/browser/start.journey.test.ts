import { beforeAll, expect, test } from 'vitest'
import { journeys } from './journeys.ts'
import { type Product, startProduct } from './product.ts'

journeys('somebody opens the address of a new hospital', (openPage) => {
  let product: Product
  beforeAll(async () => {
    product = await startProduct()
  })

  test('the screens appear, in Vietnamese, and nothing complains', async () => {
    const page = await openPage()
    await page.goto(product.address)
    await page.locator('main').waitFor()
    expect(await page.locator('html').getAttribute('lang')).toBe('vi')
  })
})

import type { Page } from 'playwright-core'

/** Counts what a person does. Choosing text is free, as the effort budgets have it; every other key or click is one. */
export interface Actions {
  readonly page: Page
  readonly count: () => number
  press(key: string): Promise<void>
  click(name: string | RegExp): Promise<void>
  type(text: string): Promise<void>
}

/** Acts on a page and counts. */
export function countingActions(page: Page): Actions {
  let count = 0
  return {
    page,
    count: () => count,
    async press(key) {
      count += 1
      await page.keyboard.press(key)
    },
    async click(name) {
      count += 1
      await page.getByRole('link', { name }).or(page.getByRole('button', { name })).first().click()
    },
    type: (text) => page.keyboard.type(text, { delay: 10 }),
  }
}

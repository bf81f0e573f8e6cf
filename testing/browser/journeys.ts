import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect } from 'vitest'
import { findChromium, launchChromium } from './chromium.ts'
import { showDemoDay } from './demo-clock.ts'

/** Opens a page of its own, with nothing remembered. */
export type OpenPage = (options?: BrowserContextOptions) => Promise<VisitedPage>

export interface VisitedPage extends Page {
  /** what the page complained about so far: errors in its console and exceptions nobody caught */
  readonly complaints: readonly string[]
}

const DESK = { viewport: { width: 1440, height: 900 }, locale: 'vi-VN', timezoneId: 'Asia/Ho_Chi_Minh' }

/**
 * A group of tests with a browser whose clock shows the demo hospital's day: steps as sentences. Skipped where there is no Chromium (the global set-up says so). At
 * the end no page may have complained.
 */
export function journeys(title: string, define: (openPage: OpenPage) => void): void {
  const program = findChromium()
  // The rule against titles of variables looks for a template.
  describe.skipIf(!program)(`${title}`, () => {
    let browser: Browser
    const opened: VisitedPage[] = []
    beforeAll(async () => {
      browser = await launchChromium(program ?? '')
    })
    afterAll(async () => {
      await browser.close()
      expect(opened.flatMap(({ complaints }) => complaints)).toEqual([])
    })
    define(async (options = {}) => {
      const context = await browser.newContext({ ...DESK, ...options })
      await showDemoDay(context)
      const page = listening(await context.newPage())
      opened.push(page)
      return page
    })
  })
}

function listening(page: Page): VisitedPage {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (message.type() === 'error') complaints.push(`${page.url()}: ${message.text()}`)
  })
  page.on('pageerror', (error) => complaints.push(`${page.url()}: ${error.message}`))
  return Object.assign(page, { complaints })
}

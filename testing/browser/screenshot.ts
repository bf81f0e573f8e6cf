import { mkdir, writeFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'

const GUIDE = fileURLToPath(new URL('../../docs/guide/', import.meta.url))

/** A picture smaller than this, in bytes, shows nothing: a blank page compresses to next to nothing. */
const BLANK = 6_000

/**
 * Takes a picture of the page as a person sees it. With LANH_SCREENSHOTS=1 it is kept as `docs/guide/NAME.png`; in any
 * case it must show something.
 */
export async function takeScreenshot(page: Page, name: string): Promise<void> {
  const picture = await page.screenshot({ animations: 'disabled', caret: 'hide' })
  expect(picture.length, `the picture ${name} is blank`).toBeGreaterThan(BLANK)
  if (!process.env['LANH_SCREENSHOTS']) return
  await mkdir(GUIDE, { recursive: true })
  await writeFile(`${GUIDE}${name}.png`, picture)
}

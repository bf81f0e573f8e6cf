import type { BrowserContext } from 'playwright-core'
import { DEFAULT_TODAY } from '#testing/demo-hospital'

/** Half an hour after the last line of the demo hospital. */
const NOW = Date.parse(`${DEFAULT_TODAY}T11:00:00+07:00`)

/** The pages' clock shows the day the demo hospital lives in, and goes on from there: what they show does not depend on the day of the test. */
export const showDemoDay = (context: BrowserContext): Promise<unknown> =>
  context.addInitScript((ahead) => {
    const Real = Date
    globalThis.Date = new Proxy(Real, {
      construct: (date, given) => (given.length === 0 ? new date(Real.now() + ahead) : Reflect.construct(date, given)),
      get: (date, name) => (name === 'now' ? () => Real.now() + ahead : (Reflect.get(date, name) as unknown)),
    })
  }, NOW - Date.now())

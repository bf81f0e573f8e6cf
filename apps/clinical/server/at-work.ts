/** Whether somebody sits at the screen: what a page asks by itself must not keep it from locking. */

/** So long after the last key or touch a request still is that person's. */
const STILL_MS = 20_000

let touched = performance.now()

// Where figures are counted without a browser nobody touches anything.
for (const event of typeof window === 'undefined' ? [] : (['keydown', 'pointerdown', 'wheel', 'touchmove'] as const)) {
  window.addEventListener(event, () => (touched = performance.now()), { capture: true, passive: true })
}

/** Time since somebody last used the keyboard, the pointer or a finger, ms. */
export const stillFor = (): number => performance.now() - touched

/** Header of requests that nobody's hand has caused. */
export const backgroundHeader = (): Readonly<Record<string, string>> =>
  stillFor() < STILL_MS ? {} : { 'x-lanh-background': '1' }

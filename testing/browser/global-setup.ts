import { findChromium, HOW_TO_GET_CHROMIUM } from './chromium.ts'

/** Vitest runs this once: says why journeys will be reported as skipped, where they will. */
export default function setup(): void {
  if (!findChromium()) console.warn(HOW_TO_GET_CHROMIUM)
}

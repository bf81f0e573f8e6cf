import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'

const css = readFileSync(new URL('./theme.css', import.meta.url), 'utf8')

/** The colour tokens of the first rule whose selector list names `selector`. */
function tokensOf(selector: string): Readonly<Record<string, string>> {
  const rule = [...css.matchAll(/([^{}]+)\{([^{}]*)\}/g)].find(([, selectors]) => selectors?.includes(selector))
  return Object.fromEntries(
    [...(rule?.[2] ?? '').matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [name, value]),
  )
}

/** @source https://www.w3.org/TR/WCAG22/#dfn-relative-luminance */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(colour.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (light + 0.05) / (dark + 0.05)
}

/** Which ink stands on which grounds. */
const PAIRS: readonly (readonly [ink: string, grounds: readonly string[]])[] = [
  ['ink', ['ground', 'surface', 'sunken', 'hover']],
  ['ink-soft', ['ground', 'surface', 'sunken', 'hover']],
  ['accent', ['ground', 'surface', 'hover', 'accent-soft']],
  ['bar-ink', ['bar']],
  ['bar-soft', ['bar']],
  ['high', ['surface', 'hover', 'sunken']],
  ['low', ['surface', 'hover', 'sunken']],
  ['abnormal', ['surface', 'hover', 'sunken']],
  ['critical', ['critical-ground']],
  ['good', ['good-ground']],
  ['warning', ['warning-ground', 'surface']],
  ['danger', ['danger-ground', 'surface', 'hover']],
]

describe.each(["data-mantine-color-scheme='light'", "data-mantine-color-scheme='dark'"])('%s', (selector) => {
  const tokens = tokensOf(selector)
  test.each(PAIRS.flatMap(([ink, grounds]) => grounds.map((ground) => [ink, ground] as const)))(
    '%s on %s has the contrast of WCAG AA',
    (ink, ground) => {
      expect(contrast(tokens[ink] ?? '', tokens[ground] ?? '')).toBeGreaterThanOrEqual(4.5)
    },
  )
})

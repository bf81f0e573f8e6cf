/** What a laboratory writes (a urine gravity of 1.016) is kept … */
const MOST_WRITTEN = 4
/** … what a computation left (75.55529258694807) is cut to 75,56. */
const MOST_COMPUTED = 2

/**
 * A number as Vietnamese papers write it: decimal comma, dots between thousands from 10 000 on (2024 stays 2024).
 *
 * @param decimals digits after the comma, so that a column of one test lines up; as many as were written when left out
 */
export function numberText(value: number, decimals = decimalsOf(value)): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.length >= 5 ? whole.replace(/\B(?=(\d{3})+$)/g, '.') : whole
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '−' : ''
  return `${sign}${grouped}${fraction ? `,${fraction}` : ''}`
}

/** Digits after the comma worth showing: those that were written, unless a computation left a tail of them. */
export function decimalsOf(value: number): number {
  const written = /e/.test(String(value)) ? undefined : (String(value).split('.')[1]?.length ?? 0)
  if (written !== undefined && written <= MOST_WRITTEN) return written
  const small = Math.abs(value) < 0.1
  const most = small ? Math.min(6, 1 - Math.floor(Math.log10(Math.abs(value)))) : MOST_COMPUTED
  return (
    value
      .toFixed(most)
      .replace(/\.?0+$/, '')
      .split('.')[1]?.length ?? 0
  )
}

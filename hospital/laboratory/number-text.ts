/** Most digits after the comma that a clinical figure keeps; a computed 75.55529258694807 reads as 75,56. */
const MOST_DECIMALS = 2

/**
 * A number as Vietnamese papers write it: decimal comma, dots between thousands from 10 000 on (2024 stays 2024).
 *
 * @param decimals digits after the comma, so that a column of one test lines up; as many as needed (two, or three
 *                 significant ones for small figures) when left out
 */
export function numberText(value: number, decimals = decimalsOf(value)): string {
  const [whole = '', fraction] = Math.abs(value).toFixed(decimals).split('.')
  const grouped = whole.length >= 5 ? whole.replace(/\B(?=(\d{3})+$)/g, '.') : whole
  const sign = value < 0 && Number(value.toFixed(decimals)) !== 0 ? '−' : ''
  return `${sign}${grouped}${fraction ? `,${fraction}` : ''}`
}

/** Digits after the comma worth showing for a value. */
export function decimalsOf(value: number): number {
  const small = value !== 0 && Math.abs(value) < 0.1
  const most = small ? Math.min(6, 1 - Math.floor(Math.log10(Math.abs(value)))) : MOST_DECIMALS
  const shown = value.toFixed(most)
  return shown.includes('.') ? shown.replace(/0+$/, '').split('.')[1]!.length : 0
}

const grouped = (digits: string): string => digits.replace(/\B(?=(\d{3})+$)/g, '.')

/**
 * Money as a Vietnamese reads it: `1234567.50` → `1.234.567,50`; hundredths only where there are any. Decimal text goes
 * through untouched by floating point. Text that is no number comes back as it is.
 */
export const moneyText = (decimal: string): string => decimalText(decimal, 2)

/** A quantity: `1.500` → `1,5`, because `1,000` would be read as a thousand by some. */
export const quantityText = (decimal: string): string => decimalText(decimal, 0)

function decimalText(decimal: string, decimals: number): string {
  const [, sign, whole, fraction = ''] = /^(-?)0*(\d+)(?:\.(\d+))?$/.exec(decimal.trim()) ?? []
  if (whole === undefined) return decimal
  const rest = fraction.replace(/0+$/, '')
  return `${sign === '-' ? '−' : ''}${grouped(whole)}${rest ? `,${rest.padEnd(decimals, '0')}` : ''}`
}

/** Sum of decimal texts with up to two decimals, exactly; what is no number counts as nothing. */
export function sumOfMoney(decimals: readonly string[]): string {
  let hundredths = 0n
  for (const decimal of decimals) {
    const [, sign, whole, fraction = ''] = /^(-?)(\d+)(?:\.(\d+))?$/.exec(decimal.trim()) ?? []
    if (whole === undefined) continue
    const amount = BigInt(whole + fraction.padEnd(2, '0').slice(0, 2))
    hundredths += sign === '-' ? -amount : amount
  }
  const digits = (hundredths < 0n ? -hundredths : hundredths).toString().padStart(3, '0')
  return `${hundredths < 0n ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}

/** `1536` → `1,5 KB` */
export function bytesText(bytes: number): string {
  const step = bytes < 1024 ? 0 : bytes < 1024 ** 2 ? 1 : bytes < 1024 ** 3 ? 2 : 3
  const value = bytes / 1024 ** step
  return `${step === 0 ? value : value.toFixed(1).replace('.', ',')} ${['B', 'KB', 'MB', 'GB'][step]}`
}

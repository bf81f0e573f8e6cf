import { foldName } from './fold-name.ts'

/**
 * Two names that an eye or an ear takes for one another: equal without marks (Hoa, Hòa), or one letter apart
 * (Hoan, Hoàng). An unknown name is near to nothing.
 */
export function areNearNames(one: string, other: string): boolean {
  const [a, b] = [foldName(one), foldName(other)]
  return a !== '' && b !== '' && isOneLetterApart(a, b)
}

/** Equal, or made equal by changing, adding or leaving out one letter. */
function isOneLetterApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false
  let at = 0
  while (at < a.length && a[at] === b[at]) at += 1
  const [restA, restB] = [a.slice(at), b.slice(at)]
  return restA.slice(1) === restB.slice(1) || restA.slice(1) === restB || restA === restB.slice(1)
}

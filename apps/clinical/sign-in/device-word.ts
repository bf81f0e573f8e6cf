/** What people call a machine like this one, from what its browser says it is. */
const KINDS = [
  [/iphone/i, 'iPhone'],
  [/ipad/i, 'iPad'],
  [/android/i, 'Android'],
  [/windows/i, 'Windows'],
  [/mac os/i, 'Mac'],
  [/linux/i, 'Linux'],
] as const

export const deviceWord = (agent: string = navigator.userAgent): string =>
  KINDS.find(([pattern]) => pattern.test(agent))?.[1] ?? 'Web'

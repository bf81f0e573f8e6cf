/**
 * What was last typed, kept for the Back key. In memory only: a name belongs neither in an address nor on the disk of a
 * shared machine.
 */
let typed = ''

export const lastTyped = (): string => typed

export const rememberTyped = (text: string): void => {
  typed = text
}

/**
 * What was last typed, kept for the Back key. In memory only: a name belongs neither in an address nor on the disk of a
 * shared machine.
 */
let typed = ''

/** What stood in the field when it was last left. */
export const lastTyped = (): string => typed

/** Keeps it until the page is closed. */
export const rememberTyped = (text: string): void => {
  typed = text
}

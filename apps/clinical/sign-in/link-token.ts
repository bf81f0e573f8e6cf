/**
 * The token of a one-time link stands behind the #: no server and no log sees it. It is read once and taken out of the
 * address, so that neither the history nor somebody behind the chair keeps it.
 */
let token: string | null = null

export function linkToken(): string {
  if (token !== null && window.location.hash === '') return token
  token = window.location.hash.slice(1)
  if (token !== '') window.history.replaceState(window.history.state, '', window.location.pathname)
  return token
}

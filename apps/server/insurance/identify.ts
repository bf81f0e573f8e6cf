import { hash } from 'node:crypto'

/**
 * The id of a resource that comes out of a dossier: the same parts give the same id, so that a dossier sent again meets
 * its own resources. 128 bits of SHA-256.
 * @param kind what it is, usually the resource type
 * @param parts what makes it this one: facility, visit, line …
 */
export const identify = (kind: string, ...parts: readonly string[]): string =>
  hash('sha256', [kind, ...parts].map((part) => `${part.length}:${part}`).join(''), 'hex').slice(0, 32)

import { table, type RawExtension } from './tables.ts'

/** An extension that the standard defines: where it may stand and what its value may be. */
export type ExtensionDefinition = RawExtension

/** @param url canonical address of the extension @returns undefined for extensions that others define */
export const extensionDefinition = (url: string): ExtensionDefinition | undefined =>
  Object.hasOwn(table('extensions'), url) ? table('extensions')[url] : undefined

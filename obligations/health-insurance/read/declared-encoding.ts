const DECLARED = /^<\?xml[^>]*?encoding\s*=\s*["']([\w.-]+)["']/i

/** @returns what a document says of its encoding; utf-8 where it says nothing. @source XML 1.0, 4.3.3 */
export const declaredEncoding = (document: string): string => DECLARED.exec(document.slice(0, 200))?.[1] ?? 'utf-8'

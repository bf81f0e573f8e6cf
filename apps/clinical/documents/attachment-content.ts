/** How a content type may be shown. SVG is a file: an image that can carry scripts is not drawn. */
export function kindOfContent(contentType: string): 'text' | 'markup' | 'image' | 'file' {
  const type = contentType.split(';')[0]?.trim().toLowerCase() ?? ''
  if (type === 'text/html' || type === 'application/xhtml+xml') return 'markup'
  if (type.startsWith('text/') || type === 'application/json') return 'text'
  return /^image\/(png|jpeg|gif|webp)$/.test(type) ? 'image' : 'file'
}

/** @param base64 as FHIR carries it, white space allowed */
export const bytesOf = (base64: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(base64.replace(/\s/g, '')), (character) => character.charCodeAt(0))

/** Text of an attachment; bytes that are no UTF-8 show as replacement characters, not as a failure. */
export const textOf = (base64: string): string => new TextDecoder().decode(bytesOf(base64))

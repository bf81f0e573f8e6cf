import type { Resource } from '#fhir/r4'
import { indexEntries } from '#fhir/search'
import type { Write } from '#foundation/record-store'

type Put = Extract<Write, { method: 'put' }>

/**
 * The write of a resource that we made ourselves: one text, the three members of the server in a fixed place. What is
 * stored already with the same content makes no new version.
 * @param resource with its id
 * @param expected see `Write`
 */
export function resourceWrite(resource: Resource & { readonly id?: string }, expected: Put['expected'] = 'any'): Put {
  const { resourceType: type, id = '', meta } = resource
  const { versionId: _version, lastUpdated: _updated, ...kept } = meta ?? {}
  const inMeta = JSON.stringify(kept).slice(1)
  const rest = membersOf(resource)
  const head = `{"resourceType":"${type}","id":"${id}","meta":{"versionId":"`
  const middle = `","lastUpdated":"`
  const tail = `"${inMeta === '}' ? '' : ','}${inMeta}${rest === '}' ? '' : ','}${rest}`
  return {
    method: 'put',
    type,
    id,
    expected,
    stamp: (version, at) => head + version + middle + at + tail,
    sameAs: (body) => body.startsWith(head) && body.endsWith(tail) && isSame(body, head, middle, tail),
    index: () => indexEntries(resource),
  }
}

/** The text of all members but the server's own, without the opening brace. Most resources begin with type and id. */
function membersOf(resource: Resource & { readonly id?: string }): string {
  const { resourceType, id, meta } = resource
  if (meta === undefined && !('meta' in resource)) {
    const text = JSON.stringify(resource)
    const beginning = `{"resourceType":"${resourceType}","id":"${id}"`
    if (text.startsWith(beginning))
      return text.slice(text[beginning.length] === ',' ? beginning.length + 1 : beginning.length)
  }
  const { resourceType: _type, id: _id, meta: _meta, ...members } = resource
  return JSON.stringify(members).slice(1)
}

/** Between head and tail nothing but the version, `middle` and the time. */
function isSame(body: string, head: string, middle: string, tail: string): boolean {
  const between = body.slice(head.length, body.length - tail.length)
  const at = between.indexOf(middle)
  return at > 0 && !between.includes('"', at + middle.length)
}

import { setTimeout as sleep } from 'node:timers/promises'

/** What the server acknowledged: the address of a resource and the version it said it stored. */
export type Acknowledged = Map<string, number>

const headers = { 'content-type': 'application/fhir+json' }

/** Milliseconds between two writes of one writer: a ward, not a benchmark. */
const PAUSE = 4

/**
 * Writes until told to stop, in three ways: creates, updates of one record again and again, and transactions of two
 * resources that belong together. Only what was answered with success is noted.
 */
export async function write(fhir: string, name: string, acknowledged: Acknowledged, until: AbortSignal): Promise<void> {
  for (let turn = 0; !until.aborted; turn++) {
    const id = `${name}-${turn}`
    // A refused or broken connection is what this is about: nothing was acknowledged.
    await [putNew, putAgain, putPair][turn % 3]!(fhir, name, id, acknowledged).catch(() => undefined)
    await sleep(PAUSE)
  }
}

const basic = (id: string, text: string): object => ({ resourceType: 'Basic', id, code: { text } })

async function send(url: string, method: string, body: object): Promise<{ ok: boolean; json: Versioned }> {
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) })
  // Reading the answer to its end is part of hearing the acknowledgement.
  const json = (await response.json()) as Versioned
  return { ok: response.ok, json }
}

interface Versioned {
  readonly meta?: { readonly versionId?: string }
  readonly entry?: readonly { readonly resource?: Versioned; readonly response?: { readonly status?: string } }[]
}

async function put(fhir: string, id: string, text: string, acknowledged: Acknowledged): Promise<void> {
  const { ok, json } = await send(`${fhir}/Basic/${id}`, 'PUT', basic(id, text))
  if (ok) acknowledged.set(`Basic/${id}`, Number(json.meta?.versionId))
}

const putNew = (fhir: string, _: string, id: string, acknowledged: Acknowledged): Promise<void> =>
  put(fhir, id, 'new', acknowledged)

const putAgain = (fhir: string, name: string, id: string, acknowledged: Acknowledged): Promise<void> =>
  put(fhir, `${name}-again`, id, acknowledged)

async function putPair(fhir: string, _: string, id: string, acknowledged: Acknowledged): Promise<void> {
  const pair = ['left', 'right'].map((side) => `${id}-${side}`)
  const { ok } = await send(fhir, 'POST', {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: pair.map((one) => ({ resource: basic(one, 'pair'), request: { method: 'PUT', url: `Basic/${one}` } })),
  })
  if (ok) for (const one of pair) acknowledged.set(`Basic/${one}`, 1)
}

/**
 * Asks the server what it has of these.
 * @returns those it has in no version or only in an older one
 */
export async function missing(fhir: string, acknowledged: Acknowledged): Promise<readonly string[]> {
  const wanted = [...acknowledged]
  const lost: string[] = []
  for (let from = 0; from < wanted.length; from += 400) {
    const part = wanted.slice(from, from + 400)
    const { ok, json } = await send(fhir, 'POST', {
      resourceType: 'Bundle',
      type: 'batch',
      entry: part.map(([url]) => ({ request: { method: 'GET', url } })),
    })
    if (!ok) throw new Error(`what is stored could not be asked: ${JSON.stringify(json)}`)
    part.forEach(([url, version], index) => {
      const { resource, response } = json.entry?.[index] ?? {}
      if (!(Number(resource?.meta?.versionId) >= version)) lost.push(`${url} version ${version}: ${response?.status}`)
    })
  }
  return lost
}

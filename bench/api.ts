/** Reads the loaded data through the product's own API, to choose what the workloads ask for. */
import type { Bundle, FhirResource } from '#fhir/r4'
import { nextCaller } from './http-request.ts'

export class Api {
  readonly #origin: string
  readonly #base: string

  constructor(port: number, base: string) {
    this.#origin = `http://127.0.0.1:${port}`
    this.#base = base
  }

  /** @param path after the endpoint, e.g. `Patient?_count=10` @throws unless the answer is a success */
  async get(path: string): Promise<unknown> {
    return (await this.#ask(`${this.#origin}${this.#base}/${path}`)).content
  }

  /** @returns the ETag @throws unless it was created or updated */
  async put(resource: FhirResource & { id: string }): Promise<string> {
    const address = `${this.#origin}${this.#base}/${resource.resourceType}/${resource.id}`
    const headers = { 'Content-Type': 'application/fhir+json' }
    const { response } = await this.#ask(address, { method: 'PUT', headers, body: JSON.stringify(resource) })
    return response.headers.get('etag') ?? ''
  }

  /** Every entry of a search, page after page. */
  async *pages(path: string): AsyncGenerator<FhirResource> {
    let next: string | undefined = `${this.#origin}${this.#base}/${path}`
    while (next) {
      const bundle = (await this.#ask(next)).content as Bundle<FhirResource>
      for (const { resource } of bundle.entry ?? []) if (resource) yield resource
      next = bundle.link?.find(({ relation }) => relation === 'next')?.url
    }
  }

  async count(path: string): Promise<number> {
    const bundle = (await this.get(`${path}${path.includes('?') ? '&' : '?'}_summary=count`)) as Bundle
    return bundle.total ?? NaN
  }

  async #ask(address: string, init?: RequestInit): Promise<{ response: Response; content: unknown }> {
    const caller = nextCaller()
    const headers = { ...(init?.headers as Record<string, string>), ...(caller && { authorization: caller }) }
    const response = await fetch(address, { ...init, headers })
    const text = await response.text()
    if (!response.ok) {
      throw new Error(`${init?.method ?? 'GET'} ${new URL(address).pathname}: ${response.status} ${text.slice(0, 500)}`)
    }
    return { response, content: JSON.parse(text) }
  }
}

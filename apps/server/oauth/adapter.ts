/** What oidc-provider keeps, over our table. Using something up is one statement, so that two requests at once are one use. */
import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import type { Items, Kind, Payload } from './items.ts'

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined)

export class OAuthAdapter implements Adapter {
  readonly #items: Items
  readonly #kind: Kind

  constructor(items: Items, kind: Kind) {
    this.#items = items
    this.#kind = kind
  }

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    // The id is the secret: it is not written down beside its hash.
    const { jti: _, ...kept } = payload as Payload
    const grant = this.#kind === 'Grant' ? id : text(kept['grantId'])
    const item = { kind: this.#kind, id, payload: kept, grant, client: text(kept['clientId']), lifetime: expiresIn }
    if (this.#kind !== 'ReplayDetection') return this.#items.put(item)
    if (!(await this.#items.putOnce(item))) {
      throw new errors.InvalidClientAuth('client assertion tokens must only be used once')
    }
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    const item = await this.#items.find(this.#kind, id)
    if (!item) return undefined
    // A client has no id of this kind: what it does not know, it refuses.
    if (this.#kind === 'Client') return item.payload as AdapterPayload
    return {
      ...item.payload,
      jti: id,
      ...(item.consumed === null ? {} : { consumed: item.consumed }),
    } as AdapterPayload
  }

  /** The provider's own sessions are not used: who is signed in is asked anew each time. */
  async findByUid(): Promise<undefined> {
    return undefined
  }

  async findByUserCode(): Promise<undefined> {
    return undefined
  }

  /** @throws InvalidGrant for whoever comes second; the whole grant is taken back then */
  async consume(id: string): Promise<void> {
    const used = await this.#items.consume(this.#kind, id)
    if (used !== 'used' && used !== undefined) return
    const grant = text((await this.#items.find(this.#kind, id))?.payload['grantId'])
    if (grant !== undefined) await this.#items.revokeGrant(grant)
    throw new errors.InvalidGrant('already used')
  }

  async destroy(id: string): Promise<void> {
    await (this.#kind === 'Grant' ? this.#items.revokeGrant(id) : this.#items.remove(this.#kind, id))
  }

  async revokeByGrantId(grant: string): Promise<void> {
    await this.#items.revokeGrant(grant)
  }
}

/**
 * An authenticator of software, for tests: makes passkeys with ES256 and shows them as a browser would. Its lies can be
 * told one by one.
 * @source https://www.w3.org/TR/webauthn-3/ §6.1 authenticator data, §6.5.4 attestation object
 */
import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'

/** What a false browser or a copied key would say. */
export interface Lies {
  readonly origin?: string
  readonly rpId?: string
  /** what the person did not do: touch it, or show it who they are */
  readonly without?: 'presence' | 'verification'
  readonly challenge?: string
  readonly counter?: number
  readonly userHandle?: string
  /** signs with another key */
  readonly forged?: boolean
}

interface Options {
  readonly challenge: string
  readonly user?: { readonly id: string }
}

interface Credential {
  readonly id: Buffer
  readonly key: KeyObject
  readonly point: { readonly x: Buffer; readonly y: Buffer }
  readonly owner: string
  counter: number
}

const sha256 = (bytes: string | Buffer): Buffer => createHash('sha256').update(bytes).digest()

const cborHead = (major: number, length: number): Buffer =>
  length < 24
    ? Buffer.from([(major << 5) | length])
    : length < 256
      ? Buffer.from([(major << 5) | 24, length])
      : Buffer.from([(major << 5) | 25, length >> 8, length & 255])

const cborBytes = (bytes: Buffer): Buffer => Buffer.concat([cborHead(2, bytes.length), bytes])
const cborText = (text: string): Buffer => Buffer.concat([cborHead(3, Buffer.byteLength(text)), Buffer.from(text)])
const cborMap = (...pairs: readonly (readonly [Buffer, Buffer])[]): Buffer =>
  Buffer.concat([cborHead(5, pairs.length), ...pairs.flat()])
const cborInteger = (value: number): Buffer => (value < 0 ? cborHead(1, -1 - value) : cborHead(0, value))

/** COSE key of P-256: kty EC2, alg ES256, crv P-256, x, y. */
const coseKey = ({ x, y }: Credential['point']): Buffer =>
  cborMap(
    [cborInteger(1), cborInteger(2)],
    [cborInteger(3), cborInteger(-7)],
    [cborInteger(-1), cborInteger(1)],
    [cborInteger(-2), cborBytes(x)],
    [cborInteger(-3), cborBytes(y)],
  )

const PRESENT = 0x01
const VERIFIED = 0x04
const ATTESTED = 0x40

const flagsOf = ({ without }: Lies): number =>
  (without === 'presence' ? 0 : PRESENT) | (without === 'verification' ? 0 : VERIFIED)

const counterBytes = (counter: number): Buffer => {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(counter)
  return bytes
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' })

export class Authenticator {
  readonly #origin: string
  readonly #credentials: Credential[] = []

  /** @param origin of the page it is used on */
  constructor(origin: string) {
    this.#origin = origin
  }

  #clientData(type: string, { challenge }: Options, lies: Lies): Buffer {
    return Buffer.from(
      JSON.stringify({
        type,
        challenge: lies.challenge ?? challenge,
        origin: lies.origin ?? this.#origin,
        crossOrigin: false,
      }),
    )
  }

  #rpHash(lies: Lies): Buffer {
    return sha256(lies.rpId ?? new URL(this.#origin).hostname)
  }

  /** @param options what the server asked for @returns RegistrationResponseJSON */
  make(options: Options, lies: Lies = {}): Record<string, unknown> {
    const { privateKey, publicKey } = newKey()
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
    const credential: Credential = {
      id: randomBytes(16),
      key: privateKey,
      point: { x: Buffer.from(x, 'base64url'), y: Buffer.from(y, 'base64url') },
      owner: options.user?.id ?? '',
      counter: 1,
    }
    this.#credentials.push(credential)
    const authData = Buffer.concat([
      this.#rpHash(lies),
      Buffer.from([flagsOf(lies) | ATTESTED]),
      counterBytes(lies.counter ?? credential.counter),
      Buffer.alloc(16),
      Buffer.from([0, credential.id.length]),
      credential.id,
      coseKey(credential.point),
    ])
    const attestation = cborMap(
      [cborText('fmt'), cborText('none')],
      [cborText('attStmt'), cborMap()],
      [cborText('authData'), cborBytes(authData)],
    )
    const id = credential.id.toString('base64url')
    return {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: this.#clientData('webauthn.create', options, lies).toString('base64url'),
        attestationObject: attestation.toString('base64url'),
        transports: ['internal'],
      },
    }
  }

  /** @param which number of the credential, in the order in which they were made @returns AuthenticationResponseJSON */
  show(options: Options, lies: Lies = {}, which = -1): Record<string, unknown> {
    const credential = this.#credentials.at(which)
    if (!credential) throw new Error('the authenticator has no passkey')
    credential.counter += 1
    const clientData = this.#clientData('webauthn.get', options, lies)
    const authData = Buffer.concat([
      this.#rpHash(lies),
      Buffer.from([flagsOf(lies)]),
      counterBytes(lies.counter ?? credential.counter),
    ])
    const key = lies.forged ? newKey().privateKey : credential.key
    const id = credential.id.toString('base64url')
    return {
      id,
      rawId: id,
      type: 'public-key',
      clientExtensionResults: {},
      response: {
        clientDataJSON: clientData.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: sign('sha256', Buffer.concat([authData, sha256(clientData)]), key).toString('base64url'),
        userHandle: lies.userHandle ?? credential.owner,
      },
    }
  }
}

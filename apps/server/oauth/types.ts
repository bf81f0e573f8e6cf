/** Words of the OAuth server: what it is given, what it remembers of a grant, and what it hands out. */
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import type { ClientConfig } from 'pg'
import type { Reader } from '#foundation/access-control'
import type { AuditFacts } from '#foundation/audit-log'

/** Keeps secrets unreadable at rest. `place` is bound to the secret: sealed text opens nowhere else. */
export interface Sealer {
  seal(text: string, place: string): Promise<string>
  /** @throws when the text was changed, or sealed for another place or with a key that is gone */
  open(sealed: string, place: string): Promise<string>
}

/** One patient as the picker shows them. */
export interface FoundPatient {
  /** `Patient/…` */
  readonly reference: string
  /** name, and whatever tells people of the same name apart */
  readonly label: string
}

export interface OAuthOptions {
  /** as the app connects */
  readonly database: ClientConfig
  readonly facility: number
  /** absolute address of the FHIR endpoint, without a slash at the end: the audience of every token */
  readonly base: string
  /** who is signed in on this request by our own means, now */
  readonly identify: (request: FastifyRequest) => Promise<Reader | null>
  /**
   * The account as it stands now, asked at every refresh and every few seconds of use; null ends the grant.
   * `session` is null for grants that outlive it (`offline_access`). Without it the reader of the consent is kept.
   */
  readonly readerOf?: (account: string, session: string | null) => Promise<Reader | null>
  /** patients for the picker of a standalone launch; without it a patient must come from the chart (EHR launch) */
  readonly findPatients?: (reader: Reader, text: string) => Promise<readonly FoundPatient[]>
  /** whether this reader may open an app on this patient, and how the page names the patient; null: not theirs to open */
  readonly describePatient?: (reader: Reader, reference: string) => Promise<FoundPatient | null>
  readonly sealer: Sealer
  readonly audit: (facts: AuditFacts) => Promise<void>
  /** a fault of ours, without data of anybody */
  readonly onFault?: (fault: unknown) => void
  /** private addresses that key sets may be fetched from all the same, for example of a server in the hospital */
  readonly trustedKeyHosts?: readonly string[]
}

/** What a grant was given for: kept beside it, asked for with every token. */
export interface GrantContext {
  readonly client: string
  readonly reader: Reader
  /** `Patient/…`, `Encounter/…` of the launch */
  readonly patient: string | null
  readonly encounter: string | null
  /** true when the app was opened from a chart that shows who the patient is */
  readonly fromChart: boolean
  /** true when the grant ends with the session it was given in */
  readonly online: boolean
}

/** The server, open. */
export interface OAuth {
  /** everything at /oauth and the discovery documents of SMART */
  readonly plugin: FastifyPluginAsync
  /**
   * Who calls with this `Authorization` header; null when it holds no token of ours that is good now.
   * A revoked grant ends at once in this process and within five seconds in others.
   */
  readonly readerOfToken: (authorization: string | undefined, network: string) => Promise<Reader | null>
  /** the document at `[base]/.well-known/smart-configuration` */
  readonly smartConfiguration: () => object
  /** `CapabilityStatement.rest.security` */
  readonly capabilitySecurity: () => object
  /** takes back what was granted in this session and ends with it; what was granted for longer stays */
  readonly endSession: (session: string) => Promise<void>
  /** takes back everything this account granted */
  readonly endAccount: (account: string) => Promise<void>
  /** deletes what has expired, makes the next keys when it is time; call it every few minutes */
  readonly sweep: () => Promise<void>
  readonly close: () => Promise<void>
}

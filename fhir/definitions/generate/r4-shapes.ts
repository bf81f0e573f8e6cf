/** The parts of R4's definitional resources that the tables are made from. */

export interface StructureDefinition {
  readonly url: string
  readonly name: string
  readonly type: string
  readonly kind: 'primitive-type' | 'complex-type' | 'resource' | 'logical'
  readonly abstract: boolean
  readonly derivation?: 'specialization' | 'constraint'
  readonly baseDefinition?: string
  readonly context?: readonly { readonly type: string; readonly expression: string }[]
  readonly snapshot: { readonly element: readonly SnapshotElement[] }
  readonly differential: { readonly element: readonly DifferentialElement[] }
}

export type DifferentialElement = Readonly<Record<string, unknown>>

export interface SnapshotElement {
  readonly path: string
  readonly min: number
  readonly max: string
  readonly base: { readonly path: string }
  readonly type?: readonly SnapshotType[]
  readonly contentReference?: string
  readonly constraint?: readonly SnapshotConstraint[]
  readonly binding?: { readonly strength: string; readonly valueSet?: string }
  readonly isSummary?: boolean
  readonly isModifier?: boolean
}

export interface SnapshotType {
  readonly code: string
  readonly profile?: readonly string[]
  readonly targetProfile?: readonly string[]
  readonly extension?: readonly { readonly url: string; readonly valueUrl?: string; readonly valueString?: string }[]
}

export interface SnapshotConstraint {
  readonly key: string
  readonly severity: 'error' | 'warning'
  readonly human: string
  readonly expression?: string
  readonly source?: string
}

export interface SearchParameterResource {
  readonly url: string
  readonly code: string
  readonly base: readonly string[]
  readonly type: string
  readonly expression?: string
  readonly target?: readonly string[]
  readonly component?: readonly { readonly definition: string; readonly expression: string }[]
}

export interface CodeSystemResource {
  readonly url: string
  readonly content: string
  readonly caseSensitive?: boolean
  readonly concept?: readonly Concept[]
}

export interface Concept {
  readonly code: string
  readonly concept?: readonly Concept[]
}

export interface ValueSetResource {
  readonly url: string
  readonly compose?: {
    readonly include: readonly ValueSetPart[]
    readonly exclude?: readonly ValueSetPart[]
  }
}

export interface ValueSetPart {
  readonly system?: string
  readonly concept?: readonly { readonly code: string }[]
  readonly filter?: readonly unknown[]
  readonly valueSet?: readonly string[]
}

export interface CompartmentDefinitionResource {
  readonly code: string
  readonly url: string
  readonly resource: readonly { readonly code: string; readonly param?: readonly string[] }[]
}

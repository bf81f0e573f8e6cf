/** An expression as a tree. @source http://hl7.org/fhirpath/N1/ */
export type Node =
  | { readonly kind: 'empty' }
  | {
      readonly kind: 'literal'
      readonly type: LiteralType
      readonly value: string | number | boolean
      readonly unit?: string
    }
  | { readonly kind: 'variable'; readonly name: '$this' | '$index' | '$total' }
  | { readonly kind: 'constant'; readonly name: string }
  | { readonly kind: 'member'; readonly of: Node | null; readonly name: string }
  | { readonly kind: 'call'; readonly of: Node | null; readonly name: string; readonly args: readonly Node[] }
  | { readonly kind: 'index'; readonly of: Node; readonly at: Node }
  | { readonly kind: 'negative'; readonly of: Node }
  | { readonly kind: 'type'; readonly op: 'is' | 'as'; readonly of: Node; readonly name: string }
  | { readonly kind: 'operation'; readonly op: string; readonly left: Node; readonly right: Node }

export type LiteralType = 'Boolean' | 'String' | 'Integer' | 'Decimal' | 'Date' | 'DateTime' | 'Time' | 'Quantity'

/** The expression is not FHIRPath. The message says what was met and where (0-based character). */
export class SyntaxFault extends Error {}

/** Something the compiler leaves to the interpreting library. */
export class Unsupported extends Error {}

import { SyntaxFault, type LiteralType, type Node } from './syntax.ts'
import { tokensOf, type Token } from './tokens.ts'

/** Binding strength of the operators. @source http://hl7.org/fhirpath/N1/#operator-precedence */
const STRENGTH: Readonly<Record<string, number>> = {
  implies: 1,
  or: 2,
  xor: 2,
  and: 3,
  in: 4,
  contains: 4,
  '=': 5,
  '~': 5,
  '!=': 5,
  '!~': 5,
  '<': 6,
  '<=': 6,
  '>': 6,
  '>=': 6,
  '|': 7,
  is: 8,
  as: 8,
  '+': 9,
  '-': 9,
  '&': 9,
  '*': 10,
  '/': 10,
  div: 10,
  mod: 10,
}
const POLARITY = 11
const UNITS = /^(?:year|month|week|day|hour|minute|second|millisecond)s?$/

/** @throws SyntaxFault where the text is not FHIRPath */
export function parse(text: string): Node {
  const parser = new Parser(tokensOf(text))
  return parser.whole()
}

class Parser {
  private readonly tokens: readonly Token[]
  private position = 0

  constructor(tokens: readonly Token[]) {
    this.tokens = tokens
  }

  whole(): Node {
    const node = this.expression(0)
    if (this.next.kind !== 'end') throw this.unexpected()
    return node
  }

  private get next(): Token {
    return this.tokens[this.position]!
  }

  private unexpected(): SyntaxFault {
    const { kind, text, at } = this.next
    return new SyntaxFault(`unexpected ${kind === 'end' ? 'end' : JSON.stringify(text)} at ${at}`)
  }

  private take(kind?: Token['kind']): Token {
    const token = this.next
    if (token.kind === 'end' || (kind !== undefined && token.kind !== kind)) throw this.unexpected()
    this.position++
    return token
  }

  private isSymbol(text: string): boolean {
    return this.next.kind === 'symbol' && this.next.text === text
  }

  private accept(symbol: string): boolean {
    if (!this.isSymbol(symbol)) return false
    this.position++
    return true
  }

  private expect(symbol: string): void {
    if (!this.accept(symbol)) throw this.unexpected()
  }

  private expression(least: number): Node {
    let left = this.polarity()
    for (;;) {
      const { kind, text: op } = this.next
      const strength = kind === 'symbol' || kind === 'name' ? STRENGTH[op] : undefined
      if (strength === undefined || strength <= least) return left
      this.position++
      left =
        op === 'is' || op === 'as'
          ? { kind: 'type', op, of: left, name: this.typeName() }
          : { kind: 'operation', op, left, right: this.expression(strength) }
    }
  }

  private typeName(): string {
    let name = this.identifier()
    while (this.accept('.')) name += `.${this.identifier()}`
    return name
  }

  private identifier(): string {
    return this.next.kind === 'quoted' ? this.take().text : this.take('name').text
  }

  private polarity(): Node {
    if (this.accept('+')) return this.expression(POLARITY)
    if (this.accept('-')) return { kind: 'negative', of: this.expression(POLARITY) }
    return this.path()
  }

  private path(): Node {
    let node = this.term()
    for (;;) {
      if (this.accept('.')) {
        node = this.next.kind === 'variable' ? this.variable() : this.invocation(node)
      } else if (this.accept('[')) {
        node = { kind: 'index', of: node, at: this.expression(0) }
        this.expect(']')
      } else return node
    }
  }

  private invocation(of: Node | null): Node {
    const name = this.identifier()
    if (!this.accept('(')) return { kind: 'member', of, name }
    const args: Node[] = []
    if (!this.isSymbol(')')) {
      do args.push(this.expression(0))
      while (this.accept(','))
    }
    this.expect(')')
    return { kind: 'call', of, name, args }
  }

  private variable(): Node {
    return { kind: 'variable', name: this.take('variable').text as '$this' }
  }

  private term(): Node {
    const { kind, text } = this.next
    if (kind === 'variable') return this.variable()
    if (kind === 'string' || kind === 'number' || kind === 'date') return this.literal()
    if (kind === 'constant') return { kind: 'constant', name: this.take().text }
    if (kind === 'name' && (text === 'true' || text === 'false')) {
      this.position++
      return { kind: 'literal', type: 'Boolean', value: text === 'true' }
    }
    if (kind === 'name' || kind === 'quoted') return this.invocation(null)
    if (this.accept('{')) {
      this.expect('}')
      return { kind: 'empty' }
    }
    this.expect('(')
    const node = this.expression(0)
    this.expect(')')
    return node
  }

  private literal(): Node {
    const { kind, text } = this.take()
    if (kind === 'string') return { kind: 'literal', type: 'String', value: text }
    if (kind === 'date') return { kind: 'literal', type: dateType(text), value: text }
    const unit = this.unit()
    if (unit !== undefined) return { kind: 'literal', type: 'Quantity', value: Number(text), unit }
    return { kind: 'literal', type: text.includes('.') ? 'Decimal' : 'Integer', value: Number(text) }
  }

  private unit(): string | undefined {
    const { kind, text } = this.next
    if (kind === 'string' || (kind === 'name' && UNITS.test(text))) return this.take().text
    return undefined
  }
}

function dateType(text: string): LiteralType {
  if (text.startsWith('T')) return 'Time'
  return text.includes('T') ? 'DateTime' : 'Date'
}

import { SyntaxFault } from './syntax.ts'

export interface Token {
  readonly kind: 'name' | 'quoted' | 'string' | 'number' | 'date' | 'constant' | 'variable' | 'symbol' | 'end'
  /** without quotes, escapes resolved, without `@`, `%` */
  readonly text: string
  readonly at: number
}

const SPACE = /(?:\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/)+/y
const DATE =
  /@(?:T\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?|\d{4}(?:-\d\d(?:-\d\d)?)?(?:T(?:\d\d(?::\d\d(?::\d\d(?:\.\d+)?)?)?(?:Z|[+-]\d\d:\d\d)?)?)?)/y
const PATTERNS: readonly (readonly [Token['kind'], RegExp])[] = [
  ['number', /\d+(?:\.\d+)?/y],
  ['date', DATE],
  ['name', /[A-Za-z_]\w*/y],
  ['variable', /\$(?:this|index|total)\b/y],
  ['string', /'(?:[^'\\]|\\.)*'/sy],
  ['quoted', /`(?:[^`\\]|\\.)*`|"(?:[^"\\]|\\.)*"/sy],
  ['constant', /%(?:\w+(?:-\w+)*|`(?:[^`\\]|\\.)*`|'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")/sy],
  ['symbol', /<=|>=|!=|!~|[-.,()[\]{}|+*/&=~<>]/y],
]
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', f: '\f' }

/** @throws SyntaxFault at the first character that begins no token */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = []
  let at = 0
  for (;;) {
    SPACE.lastIndex = at
    if (SPACE.test(text)) at = SPACE.lastIndex
    if (at >= text.length) break
    const token = tokenAt(text, at)
    tokens.push({ ...token, text: contentOf(token) })
    at += token.text.length
  }
  return [...tokens, { kind: 'end', text: '', at }]
}

function tokenAt(text: string, at: number): Token {
  for (const [kind, pattern] of PATTERNS) {
    pattern.lastIndex = at
    const found = pattern.exec(text)
    if (found !== null) return { kind, text: found[0], at }
  }
  throw new SyntaxFault(`unexpected ${JSON.stringify(text[at])} at ${at}`)
}

function contentOf({ kind, text }: Token): string {
  if (kind === 'string' || kind === 'quoted') return unescaped(text.slice(1, -1))
  if (kind === 'date') return text.slice(1)
  if (kind === 'constant') return /^%\w/.test(text) ? text.slice(1) : unescaped(text.slice(2, -1))
  return text
}

const unescaped = (text: string) =>
  text.replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, char: string) =>
    code === undefined ? (ESCAPES[char] ?? char) : String.fromCharCode(Number.parseInt(code, 16)),
  )

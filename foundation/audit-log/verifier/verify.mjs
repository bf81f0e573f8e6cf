/**
 * Verifies an exported audit log of Lành without Lành: this one file and Node.js 20 or newer are enough.
 *
 *   node verify.mjs EXPORT.jsonl --heads heads-1.jsonl --key key-….json
 *
 * EXPORT.jsonl  from `lanh audit export`, or the proof of one act from `lanh audit prove`
 * --heads       the second place's copy of the signed heads, as the auditor got it from there (may be given several times)
 * --key         a public key (JWK) from the second place or from the hospital by another way; without one the keys of the
 *               export are used, and nothing proves who signed
 *
 * Ends with 0 when the log is whole, 1 when it is not, 2 when it was called wrongly. What it checks, in words:
 *
 * 1. An act's leaf is SHA-256(0x00 ‖ "FACILITY SEQ TX\nSTATEMENT\nCOMMITMENT"), where COMMITMENT is the hexadecimal
 *    SHA-256(SALT ‖ DETAIL). Statement and detail are JSON texts, taken byte by byte. A detail that was erased by law is
 *    absent, its commitment is not; an act with the action "erase" must name it.
 * 2. Leaves form the Merkle tree of RFC 9162: an inner node is SHA-256(0x01 ‖ LEFT ‖ RIGHT). An export that begins with a
 *    later act has the roots of the complete subtrees before it ("frontier").
 * 3. A head is the line {"facility","size","root","at","previous","key","signature"}. Its signature (ES256, base64url of
 *    r ‖ s) is over "lanh audit head 1\n" and the line without its last member. `previous` is the SHA-256 of the whole line
 *    of the head before it. The tree of the first `size` acts must have the root of the head.
 * 4. Every head of the second place that was signed before the export stands in the export, and an export of the whole log
 *    holds as many acts as the last head was signed for.
 *
 * 5. The proof of one act leads from its leaf over the hashes of `path` to the root of a signed head (RFC 9162 2.1.3.2).
 *
 * Not one line of this comes from the product, so that a fault of the one is not a fault of the other.
 */
import { createHash, createPublicKey, verify } from 'node:crypto'
import { createReadStream, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'

const sha256 = (...parts) => parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest()
const inner = (left, right) => sha256(Buffer.from([1]), left, right)

const problems = []
const problem = (text) => {
  if (problems.length < 100) problems.push(text)
}

function argumentsOf() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { heads: { type: 'string', multiple: true }, key: { type: 'string', multiple: true } },
    })
    if (positionals.length === 1) return { file: positionals[0], heads: values.heads ?? [], keys: values.key ?? [] }
  } catch {
    // said below
  }
  console.error('node verify.mjs EXPORT.jsonl [--heads HEADS.jsonl] [--key KEY.json]')
  process.exit(2)
}

const linesOf = (file) => createInterface({ input: createReadStream(file), crlfDelay: Infinity })

function parsed(line) {
  try {
    return JSON.parse(line)
  } catch {
    return null
  }
}

/** RFC 7638 */
const idOf = ({ crv, kty, x, y }) => sha256(JSON.stringify({ crv, kty, x, y })).toString('base64url')

/** The roots of complete subtrees, from the left; `size` leaves. */
function newTree(size, frontier) {
  const hashes = [...frontier]
  let leaves = size
  return {
    size: () => leaves,
    root: () => (hashes.length === 0 ? sha256() : hashes.reduceRight((right, left) => inner(left, right))),
    add(leaf) {
      let hash = leaf
      for (let rest = leaves; rest % 2 === 1; rest = (rest - 1) / 2) hash = inner(hashes.pop(), hash)
      hashes.push(hash)
      leaves += 1
    },
  }
}

/** A head by its line, or null when it is unreadable, unsigned or of another key. */
function headOf(line, facility, keys) {
  const head = parsed(line)
  if (head === null || head.facility !== facility) return null
  const { size, root, at, previous, key } = head
  const text = JSON.stringify({ facility, size, root, at, previous, key })
  if (line !== `${text.slice(0, -1)},"signature":${JSON.stringify(head.signature)}}`) return null
  const jwk = keys.get(key)
  if (jwk === undefined) return null
  const holds = verify(
    'sha256',
    Buffer.from(`lanh audit head 1\n${text}`),
    { key: createPublicKey({ key: jwk, format: 'jwk' }), dsaEncoding: 'ieee-p1363' },
    Buffer.from(head.signature, 'base64url'),
  )
  return holds ? head : null
}

function leafOf(facility, act) {
  const { seq, tx, statement, commitment, detail, salt, number } = act
  if (detail !== undefined && sha256(Buffer.from(salt, 'hex'), detail).toString('hex') !== commitment)
    problem(`act ${seq}, number ${number}: the detail is not the one that was committed to`)
  return sha256(Buffer.from([0]), `${facility} ${seq} ${tx}\n${statement}\n${commitment}`)
}

const { file, heads: copies, keys: keyFiles } = argumentsOf()

let start = null
let keys = new Map()
let tree = newTree(0, [])
const roots = new Map()
const erased = new Map()
const confessed = new Set()
const headLines = []

const trustedKeys = (offered) => {
  const trusted = keyFiles.length === 0 ? offered : keyFiles.map((name) => JSON.parse(readFileSync(name, 'utf8')))
  return new Map(trusted.map((jwk) => [idOf(jwk), jwk]))
}

/** The root that the path leads to from a leaf; null when the path is too long or too short. */
function rootFrom(leaf, number, size, path) {
  let hash = leaf
  let at = number
  let last = size - 1
  for (const sibling of path) {
    if (last === 0) return null
    const isRight = at % 2 === 1 || at === last
    hash = isRight ? inner(sibling, hash) : inner(hash, sibling)
    while (isRight && at % 2 === 0 && at > 0) [at, last] = [at / 2, Math.floor(last / 2)]
    ;[at, last] = [Math.floor(at / 2), Math.floor(last / 2)]
  }
  return last === 0 ? hash.toString('hex') : null
}

/** The proof of one act ends the program. */
function judgeProof(proof) {
  if (keyFiles.length === 0) {
    console.error('the proof of one act needs --key')
    process.exit(2)
  }
  const head = headOf(proof.head, proof.facility, trustedKeys([]))
  const path = proof.path.map((hash) => Buffer.from(hash, 'hex'))
  const root = rootFrom(leafOf(proof.facility, proof), proof.number, head?.size ?? 1, path)
  if (head === null) problem('the head is unreadable or its signature does not hold')
  else if (proof.number >= head.size || root !== head.root)
    problem(`act ${proof.seq}: it is not in the tree of the head`)
  for (const text of problems) console.error(text)
  if (problems.length === 0) console.log(`Act ${proof.seq} is number ${proof.number} of the log signed ${head.at}`)
  process.exit(problems.length === 0 ? 0 : 1)
}

function begin(line) {
  const found = parsed(line)
  if (found?.kind === 'lanh audit proof 1') judgeProof(found)
  if (found?.kind !== 'lanh audit log 1') {
    console.error(`${file} is not an exported audit log`)
    process.exit(2)
  }
  start = found
  keys = trustedKeys(found.keys)
  tree = newTree(
    found.first,
    found.frontier.map((hash) => Buffer.from(hash, 'hex')),
  )
  if (found.first > 0) roots.set(found.first, tree.root().toString('hex'))
}

function takeAct(act) {
  if (act.number !== tree.size()) problem(`number ${tree.size()}: the act with this number is missing`)
  tree.add(leafOf(start.facility, act))
  roots.set(tree.size(), tree.root().toString('hex'))
  if (act.detail === undefined) erased.set(act.seq, act.number)
  const statement = parsed(act.statement)
  if (statement === null) problem(`act ${act.seq}, number ${act.number}: the statement cannot be read`)
  if (statement?.action !== 'erase') return
  for (const entity of statement.entities ?? []) confessed.add(entity.replace('AuditEvent/', ''))
}

for await (const line of linesOf(file)) {
  const found = start === null ? null : parsed(line)
  if (start === null) begin(line)
  else if (found?.kind === 'act') takeAct(found)
  else if (found?.kind === 'head') headLines.push(found.head)
  else problem('a line cannot be read')
}

if (start === null) begin('')
let previous = ''
let lastSize = 0
let judged = 0
for (const line of headLines) {
  const head = headOf(line, start.facility, keys)
  if (head === null) problem(`a head is unreadable or its signature does not hold: ${line.slice(0, 60)}`)
  else {
    if (head.previous !== previous) problem(`head of size ${head.size}: it does not follow the one before it`)
    if (head.size <= lastSize) problem(`head of size ${head.size}: it is not larger than the one before it`)
    lastSize = head.size
    const root = roots.get(head.size)
    if (root !== undefined) judged += 1
    if (root !== undefined && root !== head.root) problem(`head of size ${head.size}: the acts do not have its root`)
  }
  previous = sha256(line).toString('hex')
}
if (start.end !== tree.size()) problem(`${tree.size()} acts, ${start.end} were said`)
if (start.whole && lastSize > tree.size()) problem(`${tree.size()} acts, heads were signed for ${lastSize}`)

const exported = new Set(headLines)
for (const copy of copies) {
  for await (const line of linesOf(copy)) {
    const head = parsed(line)
    if (head?.facility !== start.facility || exported.has(line) || head.at >= start.at) continue
    const by = headOf(line, start.facility, keys) === null ? ' (by none of the given keys)' : ''
    problem(`head of size ${head.size}, signed ${head.at}${by}: the second place has it, the export does not`)
  }
}
for (const [seq, number] of erased) {
  // The act that tells of it may be later than a part of the log reaches.
  if (start.whole && !confessed.has(seq))
    problem(`act ${seq}, number ${number}: its detail is absent, and no act erased it`)
}
if (judged === 0) problem('no head covers the acts of this export')

for (const text of problems) console.error(text)
console.log(
  `${tree.size() - start.first} acts from number ${start.first}, ${headLines.length} heads, ${judged} of them judged`,
)
if (keyFiles.length === 0) console.log('The keys are those of the export itself: who signed is not proved')
if (copies.length === 0) console.log('No heads of a second place were given: a log that was rolled back is not noticed')
console.log(problems.length === 0 ? 'The audit log is whole' : 'THE AUDIT LOG IS NOT WHOLE')
process.exit(problems.length === 0 ? 0 : 1)

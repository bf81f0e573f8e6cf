import { execFileSync } from 'node:child_process'
import { hash } from 'node:crypto'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { CANONICAL, DSIG, ENVELOPED } from './algorithms.ts'
import { canonicalDocument } from './canonical-form.ts'
import { verifyDossierFile } from './index.ts'
import { attributeOf, descendants, readXml, textOf } from './xml-tree.ts'

const SUITE = '../shared/data/xmldsig'

describe.skipIf(!existsSync(SUITE))('signatures of others (skipped where ../shared/data/xmldsig is absent)', () => {
  const folder = mkdtempSync(join(tmpdir(), 'lanh-xmldsig-'))
  afterAll(() => rmSync(folder, { recursive: true }))
  if (existsSync(SUITE)) execFileSync('tar', ['xzf', join(SUITE, 'xmldsig.tar.gz'), '-C', folder])
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((each) => each.endsWith('.xml'))
  const verdicts = existsSync(SUITE)
    ? (JSON.parse(readFileSync(join(SUITE, 'xmlsec1-verdicts.json'), 'utf8')) as Record<string, string>)
    : {}
  const fileText = (file: string): string => readFileSync(join(folder, file), 'utf8')

  test('nothing that lies outside our place is ever valid, and nothing breaks us', () => {
    expect(files.length).toBeGreaterThan(150)
    for (const file of files)
      expect([file, verifyDossierFile(fileText(file), { at: new Date() }).valid]).toEqual([file, false])
  })

  test('the digest of a whole document without its signature is what others computed', () => {
    const compared = files.flatMap((file) => {
      const made = digestsOf(fileText(file))
      return made === null ? [] : [{ file, same: made.claimed === made.computed }]
    })
    expect(compared.length).toBeGreaterThan(20)
    expect(compared.filter(({ same }) => !same).map(({ file }) => file)).toEqual(
      files.filter((file) => file.includes('enveloped-bad-digest')),
    )
    for (const { file, same } of compared) if (verdicts[file] === 'valid') expect([file, same]).toEqual([file, true])
  })
})

/** Every hash that others used, SHA-1 included: the canonical form is what is compared. */
const HASHES: Readonly<Record<string, string>> = {
  'xmldsig#sha1': 'sha1',
  'xmlenc#sha256': 'sha256',
  'xmlenc#sha512': 'sha512',
  'xmldsig-more#sha224': 'sha224',
  'xmldsig-more#sha384': 'sha384',
}

/** In this suite always the XPath of everything outside the signature, which says enveloped once more. */
const XPATH = 'http://www.w3.org/TR/1999/REC-xpath-19991116'

/** @returns null where the one reference is not the whole document in inclusive canonical form */
function digestsOf(xml: string): { readonly claimed: string; readonly computed: string } | null {
  const document = readXml(xml)
  if (!document) return null
  const all = [...descendants(document.root)].filter(({ uri }) => uri === DSIG)
  const named = (local: string) => all.filter((each) => each.local === local)
  const [reference] = named('Reference')
  const transforms = named('Transform').map((each) => attributeOf(each, 'Algorithm'))
  const isOurs =
    transforms[0] === ENVELOPED &&
    [CANONICAL, XPATH, undefined].includes(transforms[1] ?? undefined) &&
    transforms.length <= 2
  const method = attributeOf(named('DigestMethod')[0] ?? document.root, 'Algorithm') ?? ''
  const form = attributeOf(named('CanonicalizationMethod')[0] ?? document.root, 'Algorithm') ?? ''
  const algorithm = HASHES[method.split('/').at(-1) ?? '']
  if (
    !reference ||
    attributeOf(reference, 'URI') !== '' ||
    !isOurs ||
    !form.startsWith(CANONICAL) ||
    algorithm === undefined
  )
    return null
  return {
    claimed: textOf(named('DigestValue')[0]!)!.replace(/\s/g, ''),
    computed: hash(algorithm, canonicalDocument(document, named('Signature')[0]), 'base64'),
  }
}

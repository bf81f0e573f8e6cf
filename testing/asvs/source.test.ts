/** What no test at run time can show: that something is nowhere in what we ship. */
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const ROOT = join(import.meta.dirname, '../..')
const FOLDERS = '{apps,foundation,hospital,obligations,fhir}'

const files = globSync(`${FOLDERS}/**/*.{ts,tsx,html}`, { cwd: ROOT }).filter(
  (file) => !/\.test\.tsx?$|-for-test\.ts$|fhir\/definitions\/generate\//.test(file),
)
const sources = files.map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }))

const where = (pattern: RegExp): readonly string[] =>
  sources
    .filter(({ text }) => pattern.test(text))
    .map(({ file }) => file.replaceAll('\\', '/'))
    .toSorted()

describe('nowhere in the product', () => {
  test.each([
    ['code that is made of text', /\beval\(|new Function\(|vm\.run|setTimeout\(\s*['"`]/],
    ['markup that is made of text', /dangerouslySetInnerHTML|\.innerHTML\s*=|insertAdjacentHTML|document\.write/],
    ['a shell', /shell:\s*true|\bexec\(\s*[`'"]|execSync\(/],
    ['a certificate that nobody looks at', /rejectUnauthorized:\s*false|NODE_TLS_REJECT_UNAUTHORIZED/],
    ['old or bare ciphers', /createCipheriv\(\s*['"](?!aes-256-gcm)|-ecb|-cbc|RC4|des-ede/],
    ['padding of PKCS#1 for encryption', /RSA_PKCS1_PADDING|publicEncrypt/],
    ['a script in a page', /<script(?![^>]*\bsrc=)[^>]*>/],
    ['messages from other pages', /addEventListener\(\s*['"]message['"]\s*,[^)]*event\.origin|onmessage\s*=.*window/],
    ['a service of the Internet that pages call', /https:\/\/(?:cdn|fonts|www\.google|unpkg|api\.)[\w.-]*\//],
    ['a wildcard origin of messages', /postMessage\([^)]*,\s*['"]\*['"]/],
  ])('%s', (_, pattern) => expect(where(pattern)).toEqual([]))
})

test('numbers that can be guessed decide about waiting and sampling alone', () => {
  expect(where(/Math\.random\(|Math\.random\b/)).toEqual([
    'apps/server/defences/load-shedding.ts',
    'apps/server/insurance/portal/outbox.ts',
    'apps/server/insurance/portal/portal.ts',
    'foundation/audit-log/sequencer.ts',
    'foundation/record-store/write.ts',
  ])
})

test('weak hashes are only where a standard or the portal of Social Insurance asks for them', () => {
  expect(where(/['"](?:md5|sha1|md4|ripemd160)['"]/)).toEqual([
    'apps/server/insurance/kept-dossier.ts',
    'apps/server/insurance/portal/portal.ts',
  ])
})

test('patterns are made of text in known places alone', () => {
  expect(where(/new RegExp\(/)).toEqual([
    'apps/clinical/vite.config.ts',
    'apps/server/oauth/launch.ts',
    'fhir/fhirpath/primitives.ts',
    'fhir/validation/form-answers.ts',
    'fhir/validation/primitives.ts',
    'obligations/digital-signature/sign-dossier-file.ts',
    'obligations/health-insurance/mapping/vital-signs.ts',
  ])
})

test('programs are started by name and arguments, from five places', () => {
  expect(where(/from 'node:child_process'/)).toEqual([
    'apps/server/build-screens.ts',
    'apps/server/run-apart.ts',
    'foundation/database/launch.ts',
    'foundation/database/run-as.ts',
    'foundation/keys/command-keys.ts',
  ])
})

test('addresses elsewhere are asked from two places, and neither follows where it is sent', () => {
  const asking = where(/\bfetch\(|https?\.request\(|https?\.get\(/).filter((file) => file.startsWith('apps/server'))
  for (const file of asking) expect(readFileSync(join(ROOT, file), 'utf8')).toMatch(/redirect: '(?:error|manual)'/)
  expect(asking).toContain('apps/server/insurance/portal/call.ts')
})

test('browsers keep the language and which charts are open, in three known places', () => {
  expect(where(/localStorage|sessionStorage|indexedDB|caches\.open/)).toEqual([
    'apps/clinical/frame/open-charts-store.ts',
    'apps/clinical/session/leave.ts',
    'apps/clinical/text/index.ts',
  ])
})

test('every package of the lock file has the hash of what it is', () => {
  const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { integrity?: string; link?: boolean; inBundle?: boolean }>
  }
  const bare = Object.entries(packages).filter(
    ([path, { integrity, link, inBundle }]) => path !== '' && !link && !inBundle && !integrity?.startsWith('sha512-'),
  )
  expect(bare.map(([path]) => path)).toEqual([])
})

test('every package that is used at run time has its sentence', () => {
  const { dependencies } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    dependencies: Record<string, string>
  }
  const decision = readFileSync(join(ROOT, 'docs/decisions/0012-dependencies.md'), 'utf8')
  expect(
    Object.keys(dependencies).filter(
      (name) => !decision.includes(name.replace(/^@simplewebauthn\/.*/, '@simplewebauthn')),
    ),
  ).toEqual([])
})

import { createServer } from 'node:net'
import { expect, test } from 'vitest'
import { lanh } from '#testing/command-line'

/** One sentence: one line, ended as a line. */
const ONE_LINE = /^lanh: [^\n]+\n$/

test('the help lists every setting', async () => {
  const { code, out } = await lanh(['--help'])
  expect(code).toBe(0)
  for (const setting of [
    '--port',
    'LANH_PORT',
    '--host',
    '--data',
    'LANH_DATA',
    '--demo',
    '--no-auth',
    'DATABASE_URL',
  ]) {
    expect(out).toContain(setting)
  }
})

test('the version is the one of the package', async () => {
  expect((await lanh(['--version'])).out).toMatch(/^\d+\.\d+\.\d+\n$/)
})

test.each<[says: RegExp, words: string[], environment?: NodeJS.ProcessEnv]>([
  [/strat is not a command/, ['strat']],
  [/--prot is not an option here/, ['start', '--prot', '9']],
  [/--patients is not an option here/, ['start', '--patients', '9']],
  [/takes no "now"/, ['start', 'now']],
  [/--port needs a value/, ['start', '--port']],
  [/--port must be a whole number from 0 to 65535, not "99999"/, ['start', '--port', '99999']],
  [/LANH_PORT must be a whole number from 0 to 65535, not "http"/, ['start'], { LANH_PORT: 'http' }],
  [/--demo is a switch/, ['start', '--demo=yes']],
  [/--host 0\.0\.0\.0 needs sign-in/, ['start', '--host', '0.0.0.0', '--no-auth']],
  [/--host 0\.0\.0\.0 needs sign-in/, ['start', '--host', '0.0.0.0', '--demo']],
  [/--host 0\.0\.0\.0 needs LANH_ORIGIN/, ['start', '--host', '0.0.0.0']],
  [/LANH_ORIGIN must be an address without a path/, ['start'], { LANH_ORIGIN: 'https://emr.example.vn/x' }],
  [/LANH_LOG must be one of/, ['start'], { LANH_LOG: 'loud' }],
  [/import needs a file or a folder/, ['import']],
  [/\/nowhere cannot be read: there is no such file or folder\n$/, ['import', '/nowhere']],
  [/DATABASE_URL must look like/, ['reindex'], { DATABASE_URL: 'mysql://localhost' }],
  [/nothing listens at 127\.0\.0\.1:1\b/, ['reindex'], { DATABASE_URL: 'postgres://u:secret@127.0.0.1:1/lanh' }],
  [/data folder .* cannot be used/, ['reindex', '--data', '/dev/null/lanh']],
])('%s', async (says, words, environment) => {
  const { code, out, err } = await lanh(words, environment)
  expect(err).toMatch(says)
  expect(err).toMatch(ONE_LINE)
  expect(err).not.toContain('secret')
  expect(out).toBe('')
  expect(code).toBe(1)
})

test('a used port is said before anything is started', async () => {
  const other = createServer().listen(0, '127.0.0.1')
  await new Promise((resolve) => other.once('listening', resolve))
  const address = other.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const { code, err } = await lanh(['start', '--port', String(port), '--data', '/dev/null/never-touched'])
  other.close()
  expect(err).toBe(
    `lanh: port ${port} is used by another program: choose another one, for example --port 9000 (--port, LANH_PORT)\n`,
  )
  expect(code).toBe(1)
})

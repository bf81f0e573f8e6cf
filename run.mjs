/**
 * Runs a TypeScript file or a package's program under the Node.js that npm brought, after installing whatever a fresh
 * clone lacks. Plain JavaScript, because it is what an older Node.js (20 or later) on the machine sees first.
 *
 *   node run.mjs FILE [ARGUMENTS…]
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = dirname(fileURLToPath(import.meta.url))

/** The first Node.js that runs the sources as they are. */
const NEEDED_MAJOR = 24

/** Installs the packages of the lock file unless exactly these are there. */
export function install() {
  if (isInstalled()) return
  console.error('Installing packages (npm ci) …')
  const npm = process.env.npm_execpath?.endsWith('.js') ? [process.execPath, process.env.npm_execpath] : ['npm']
  const [program, ...first] = npm
  // The screens are built on this machine, so the development packages are needed whatever NODE_ENV says.
  const { status } = spawnSync(program, [...first, 'ci', '--include=dev', '--include=optional', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 2, 2],
  })
  if (status !== 0) {
    console.error('The packages could not be installed: see the message of npm above')
    process.exit(1)
  }
}

function isInstalled() {
  const wanted = packagesIn(join(root, 'package-lock.json'))
  const found = packagesIn(join(root, 'node_modules/.package-lock.json'))
  if (!found) return false
  // Packages for other machines are in the lock file and rightly not installed.
  return Object.entries(wanted).every(([path, { version, optional }]) =>
    path === '' || found[path] ? path === '' || found[path].version === version : optional === true,
  )
}

const packagesIn = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : null)

/** The Node.js to run the product with: the packaged one, or this one where it is new enough. */
function runtime() {
  const packaged = join(root, 'node_modules/.bin/node')
  if (existsSync(packaged)) return packaged
  if (Number(process.versions.node.split('.')[0]) >= NEEDED_MAJOR) return process.execPath
  console.error(
    `Node.js ${NEEDED_MAJOR} is needed and npm has none for ${process.platform}-${process.arch}: install it and start again`,
  )
  process.exit(1)
}

/**
 * V8 lets garbage grow to four times what lives before it looks. At twice the server holds 120 MB less at the same
 * processor time. Nothing is capped: what lives may be as large as the machine allows.
 */
const MEMORY = ['--max-semi-space-size=8', '--heap-growing-percent=100']

/** Runs the file in the project and ends as it ends. Signals are passed on; the child sees when we are killed. */
export function run(file, args) {
  const child = spawn(runtime(), [...MEMORY, join(root, file), ...args], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('exit', (code, signal) => {
    if (signal) process.removeAllListeners(signal).kill(process.pid, signal)
    else process.exit(code ?? 1)
  })
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [file, ...args] = process.argv.slice(2)
  install()
  run(file, args)
}

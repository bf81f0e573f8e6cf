/** The server as `lanh start` builds it, sign-in, audit log and screens included, over a database of its own. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { pino } from 'pino'
import { afterAll, beforeAll } from 'vitest'
import { openStore } from '#foundation/record-store'
import { databaseForTest } from '#testing/postgres'
import { openSecurity } from '../access/index.ts'
import { type AppOptions, buildApp } from '../app.ts'
import type { Hospital } from '../open-hospital.ts'
import { readSettings } from '../settings.ts'

export interface WholeApp {
  readonly app: FastifyInstance
  /** every route: what is in it for a place is replaced by `1` */
  readonly routes: readonly { readonly method: string; readonly url: string }[]
}

/** Call it at the top of a test file. */
export function wholeApp(options: Partial<AppOptions> = {}): WholeApp {
  let app: FastifyInstance | undefined
  const close: (() => unknown)[] = []
  beforeAll(async () => {
    const { connection, admin, appRole } = await databaseForTest()
    const folder = mkdtempSync(join(tmpdir(), 'lanh-app-'))
    close.push(() => rmSync(folder, { recursive: true }))
    mkdirSync(join(folder, 'screens', 'assets'), { recursive: true })
    writeFileSync(join(folder, 'screens', 'index.html'), '<!doctype html><title>Lành</title>')
    writeFileSync(join(folder, 'screens', 'assets', 'app.js'), 'export {}')
    const store = await openStore(connection)
    close.push(() => store.close())
    const database = { connection, admin, appRole } as Hospital['database']
    const security = await openSecurity({
      settings: readSettings(new Map([['--data', join(folder, 'data')]]), {}),
      hospital: { store, database, close: async () => undefined },
      origin: 'http://localhost:8080',
      log: pino({ level: 'silent' }),
      print: () => undefined,
    })
    close.push(security.close)
    app = await buildApp({ store, security, screens: join(folder, 'screens'), ...options })
    close.push(() => app?.close())
    await app.ready()
  })
  afterAll(async () => {
    for (const one of close.toReversed()) await one()
  })
  return {
    get app() {
      return app!
    },
    get routes() {
      return routesIn(app!.printRoutes({ commonPrefix: false }))
    },
  }
}

/** Reads the tree that the framework prints: four characters a level, then a piece of the address and its methods. */
function routesIn(tree: string): readonly { method: string; url: string }[] {
  const pieces: string[] = []
  return tree.split('\n').flatMap((line) => {
    const [, indent, piece = '', methods] = /^([│├└─\s]*)(.*?)(?: \(([A-Z, -]+)\))?$/.exec(line) ?? []
    if (piece === '') return []
    pieces.length = indent!.length / 4 - 1
    pieces.push(piece)
    const url = pieces.join('').replace(/:\w+|\*/g, '1')
    return (methods ?? '')
      .split(', ')
      .filter(Boolean)
      .map((method) => ({ method, url }))
  })
}

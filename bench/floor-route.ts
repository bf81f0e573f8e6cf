/** The floor of every read: a bare Fastify route with one prepared select of a 2 KB row by its primary key. */
import Fastify from 'fastify'
import { Pool } from 'pg'
import { type FloorTask, TABLE } from './floor-table.ts'

const { database } = JSON.parse(process.argv[2] ?? '{}') as FloorTask
const pool = new Pool({ ...database, max: 8 })
const app = Fastify()

app.get<{ Params: { id: string } }>('/row/:id', async (request, reply) => {
  const { rows } = await pool.query<{ body: string }>({
    name: 'row',
    text: `select body from ${TABLE} where id = $1`,
    values: [request.params.id],
  })
  return reply.type('application/fhir+json').send(rows[0]?.body)
})

const address = await app.listen({ port: 0, host: '127.0.0.1' })
process.send?.(Number(new URL(address).port))
process.on('SIGTERM', () => void app.close().then(() => pool.end()))

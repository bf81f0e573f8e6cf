import { Client, type ClientConfig } from 'pg'

/** The same server and role, another database. A connection string carries its database in the path, and would win. */
export function withDatabase(config: ClientConfig, database: string): ClientConfig {
  if (!config.connectionString) return { ...config, database }
  const url = new URL(config.connectionString)
  url.pathname = `/${database}`
  return { ...config, connectionString: url.href }
}

/** One statement over a connection of its own. */
export async function onServer(admin: ClientConfig, statement: string): Promise<void> {
  const client = new Client(admin)
  await client.connect()
  await client.query(statement).finally(() => client.end())
}

/** A process of its own that works through the outbox until it is killed. Arguments: database connection, portal. */
import { openStore } from '#foundation/record-store'
import { outboxOver, portalAt } from './outbox-for-test.ts'

const [connection = '{}', address = ''] = process.argv.slice(2)
const store = await openStore(JSON.parse(connection))
const outbox = outboxOver(store, [portalAt(address)], { interval: 20 })
process.send?.('ready')
await outbox.run(AbortSignal.timeout(60_000), console.error)

/** `npm run fake-portal`: the fake portal until Ctrl-C, with how to send to it. */
import { DEMO_FACILITY, demoCards } from './demo-cards.ts'
import { FAKE_ACCOUNT, fakePortal } from './fake-portal.ts'
import { FAKE_ASKERS, FAKE_CARDS } from './people.ts'

const demo = { ...FAKE_ACCOUNT, username: `${DEMO_FACILITY}_BV`, facility: DEMO_FACILITY }
const portal = await fakePortal({
  port: Number(process.env.FAKE_PORTAL_PORT ?? 8130),
  accounts: [FAKE_ACCOUNT, demo],
  cards: [...FAKE_CARDS, ...demoCards()],
})
const [[askerId, asker] = ['', '']] = [...FAKE_ASKERS]
const settings = ({ username, password, facility }: typeof demo): string =>
  [
    `LANH_BHXH_URL=${portal.address} LANH_BHXH_USER=${username} LANH_BHXH_PASSWORD=${password}`,
    `LANH_BHXH_FACILITY=${facility} LANH_BHXH_ASKER='${asker}' LANH_BHXH_ASKER_ID=${askerId}`,
  ].join(' ')
console.log(`The fake portal listens at ${portal.address}; nothing of it is real. Start the demo hospital with:

  ${settings(demo)} npm start

Another hospital, whose dossiers are of facility ${FAKE_ACCOUNT.facility}, with:

  ${settings(FAKE_ACCOUNT)}

  GET  ${portal.address}/fake/received   what it has
  POST ${portal.address}/fake/misbehave  ["slow"|"drop"|"drop-after"|"error"|"busy"|"expired", …] for the next requests`)

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void portal.close())

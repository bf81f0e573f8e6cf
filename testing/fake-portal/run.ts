/** `npm run fake-portal`: the fake portal until Ctrl-C, with how to send to it. */
import { FAKE_ACCOUNT, fakePortal } from './fake-portal.ts'

const portal = await fakePortal({ port: Number(process.env.FAKE_PORTAL_PORT ?? 8130) })
const { username, password, facility } = FAKE_ACCOUNT
console.log(`The fake portal listens at ${portal.address}; nothing of it is real. Start Lành with:

  LANH_BHXH_URL=${portal.address} LANH_BHXH_USER=${username} LANH_BHXH_PASSWORD=${password} LANH_BHXH_FACILITY=${facility}

  GET  ${portal.address}/fake/received   what it has
  POST ${portal.address}/fake/misbehave  ["slow"|"drop"|"drop-after"|"error"|"busy"|"expired", …] for the next requests`)

for (const signal of ['SIGINT', 'SIGTERM']) process.once(signal, () => void portal.close())

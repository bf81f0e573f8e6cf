import { useEffect, useState } from 'react'
import type { DeviceState } from '#apps/server'
import { readSignIn } from '../session/ask-session.ts'

/** What this device knows: whose sessions live on it, and which ways in it has. null until the server has said. */
export function useDevice(): DeviceState | null {
  const [device, setDevice] = useState<DeviceState | null>(null)
  useEffect(() => {
    let isHere = true
    void readSignIn<DeviceState>('device').then(
      (answer) => isHere && setDevice(answer),
      // the ways that need nothing known stay open
      () => isHere && setDevice({ name: '', sessions: [], passkeys: true, demo: false }),
    )
    return () => {
      isHere = false
    }
  }, [])
  return device
}

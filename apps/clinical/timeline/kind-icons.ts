import {
  IconActivityHeartbeat,
  IconClipboardList,
  IconDots,
  IconFlask,
  IconNotes,
  IconPill,
  IconBandage,
  IconStethoscope,
  IconVirus,
} from '@tabler/icons-react'

/** One shape per kind of entry; the word always stands beside it. */
export const KIND_ICONS = {
  visit: IconStethoscope,
  note: IconNotes,
  result: IconFlask,
  vitals: IconActivityHeartbeat,
  order: IconClipboardList,
  medicine: IconPill,
  procedure: IconBandage,
  problem: IconVirus,
  other: IconDots,
} as const

import type { TimelineDay, TimelineEntry } from '#hospital/medical-record'

/** The stream as a flat list, because a virtual list knows only rows. */
export type StreamRow =
  | { readonly kind: 'day'; readonly key: string; readonly day: string }
  | { readonly kind: 'entry'; readonly key: string; readonly day: string; readonly entry: TimelineEntry }

/** Days and their entries as rows, each day before its entries. */
export const toRows = (days: readonly TimelineDay[]): readonly StreamRow[] =>
  days.flatMap(({ day, entries }) => [
    { kind: 'day' as const, key: `day ${day}`, day },
    ...entries.map((entry) => ({ kind: 'entry' as const, key: entry.key, day, entry })),
  ])

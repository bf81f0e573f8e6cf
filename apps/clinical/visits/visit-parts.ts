/** Three readings of one visit: what it came to, the vital signs, the notes day by day. */
export const VISIT_PARTS = ['summary', 'vitals', 'notes'] as const

/** One of the readings. */
export type VisitPart = (typeof VISIT_PARTS)[number]

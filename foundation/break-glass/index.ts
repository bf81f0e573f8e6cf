/** Records that were opened without a relation: until when, why, and what the privacy officer found. */
export { type GlassBook, type GlassRow, openGlassBook } from './glass-book.ts'

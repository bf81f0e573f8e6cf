/** Grants for people of outside, the relations they give, and when they end. */
export { type GrantBook, type GrantRow, openGrantBook } from './grant-book.ts'

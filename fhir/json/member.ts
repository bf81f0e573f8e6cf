/** Walking a document by its tape (scan.ts). A node is an index into the tape; the root is node 0. */
import type { JsonDocument } from './parse.ts'
import { STRIDE } from './scan.ts'

export const ROOT = 0
const NONE = -1

type Places = Pick<JsonDocument, 'text' | 'tape'>

export const startOf = ({ tape }: Places, node: number): number => tape[node + 1]!
export const endOf = ({ tape }: Places, node: number): number => tape[node + 2]!
/** the opening quote of the member's name; -1 for items and the root */
export const nameStartOf = ({ tape }: Places, node: number): number => tape[node]!
/** the node after everything inside `node` */
export const nextOf = ({ tape }: Places, node: number): number => tape[node + 3]!
export const firstChildOf = (node: number): number => node + STRIDE

/** The text of one value exactly as it was written. */
export const sourceOf = ({ text, tape }: Places, node: number): string => text.slice(tape[node + 1]!, tape[node + 2]!)

/** @returns the node of the member's value, or -1 */
export function memberOf(document: Places, node: number, name: string): number {
  const { text, tape } = document
  if (text.charCodeAt(tape[node + 1]!) !== 123) return NONE
  const end = tape[node + 3]!
  for (let child = node + STRIDE; child < end; child = tape[child + 3]!) {
    const start = tape[child]! + 1
    if (text.charCodeAt(start + name.length) === 34 && text.startsWith(name, start)) return child
  }
  return NONE
}

/** @returns the nodes directly inside an object or array */
export function childrenOf({ tape }: Places, node: number): readonly number[] {
  const children: number[] = []
  const end = tape[node + 3]!
  for (let child = node + STRIDE; child < end; child = tape[child + 3]!) children.push(child)
  return children
}

/** The name of a member, '' for items and the root. */
export function nameOf({ text, tape }: Places, node: number): string {
  const start = tape[node]!
  return start < 0 ? '' : text.slice(start + 1, text.indexOf('"', start + 1))
}

import { resolveRelative } from './arrows.ts'
import type { Import } from './imports.ts'

/** The file an import of ours leads to, or null for a package. */
const targetOf = ({ from, specifier }: Import): string | null =>
  specifier.startsWith('#')
    ? `${specifier.slice(1)}/index.ts`
    : specifier.startsWith('.')
      ? resolveRelative(from, specifier)
      : null

/**
 * Import cycles at run time, each as the list of its files in the order they import one another.
 * Depth first; a file met again while it is still on the path closes a cycle.
 */
export function findCycles(imports: readonly Import[]): readonly (readonly string[])[] {
  const graph = new Map<string, string[]>()
  for (const one of imports) {
    const target = one.atRunTime ? targetOf(one) : null
    if (target) graph.set(one.from, [...(graph.get(one.from) ?? []), target])
  }
  const cycles: string[][] = []
  const done = new Set<string>()
  const path: string[] = []
  function visit(file: string): void {
    const at = path.indexOf(file)
    if (at >= 0) cycles.push([...path.slice(at), file])
    if (at >= 0 || done.has(file)) return
    path.push(file)
    for (const next of graph.get(file) ?? []) visit(next)
    path.pop()
    done.add(file)
  }
  for (const file of graph.keys()) visit(file)
  return cycles
}

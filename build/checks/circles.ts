import { importsOf, readSources, type Violation } from './sources.ts'

const folders = ['shared', 'renderer', 'electron', 'cli', 'build', 'test']

/** Where a file leads, and on which line it says so. */
type Graph = ReadonlyMap<string, ReadonlyMap<string, number>>

/**
 * Groups of files that can all reach each other (Tarjan, "Depth-first search and linear graph algorithms", 1972), with a
 * file that imports itself as a group of one.
 */
const circlesOf = (graph: Graph): string[][] => {
  const order = new Map<string, number>()
  const lowest = new Map<string, number>()
  const open: string[] = []
  const found: string[][] = []
  const lower = (path: string, to: number): void => {
    lowest.set(path, Math.min(lowest.get(path) ?? to, to))
  }
  const visit = (path: string): void => {
    order.set(path, order.size)
    lowest.set(path, order.size - 1)
    open.push(path)
    for (const next of graph.get(path)?.keys() ?? []) {
      if (!graph.has(next)) continue
      if (!order.has(next)) visit(next)
      // What is closed already belongs to another group.
      if (open.includes(next)) lower(path, lowest.get(next) ?? 0)
    }
    if (lowest.get(path) !== order.get(path)) return
    const group = open.splice(open.indexOf(path))
    if (group.length > 1 || graph.get(path)?.has(path)) found.push(group)
  }
  for (const path of graph.keys()) if (!order.has(path)) visit(path)
  return found
}

/** The shortest way from a file back to itself inside its group. */
const wayAround = (graph: Graph, group: readonly string[]): string[] => {
  const start = [...group].sort()[0] ?? ''
  const inside = new Set(group)
  const ways: string[][] = [[start]]
  const seen = new Set<string>()
  for (const way of ways)
    for (const next of graph.get(way.at(-1) ?? '')?.keys() ?? []) {
      if (next === start) return [...way, start]
      if (!inside.has(next) || seen.has(next)) continue
      seen.add(next)
      ways.push([...way, next])
    }
  return [start]
}

/** Files that lead back to themselves, through types as well: neither can be read, moved or tested without the other. */
export const circles = (root: string): Violation[] => {
  const graph: Graph = new Map(
    readSources(root, folders).map(source => [
      source.path,
      new Map(
        importsOf(root, source)
          .filter(({ kind }) => kind === 'file')
          .map(({ target, line }) => [target, line]),
      ),
    ]),
  )
  return circlesOf(graph).map(group => {
    const way = wayAround(graph, group)
    const [path = '', next = ''] = way
    return {
      path,
      line: graph.get(path)?.get(next) ?? 1,
      message: `imports itself in a circle: ${way.join(' > ')}`,
    }
  })
}

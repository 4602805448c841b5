import { packageHomes, type Room, roomsOf } from './layer-rules.ts'
import { type Import, importsOf, readSources, type Violation } from './sources.ts'

const folders = ['shared', 'renderer', 'electron', 'cli']

const maySee = (room: Room, other: Room): boolean =>
  room.name === other.name ||
  room.sees.some(
    seen =>
      seen === '*' ||
      seen === other.name ||
      (seen.endsWith('/*') && other.name.startsWith(seen.slice(0, -1))),
  )

const complaint = (
  room: Room,
  found: Import,
  roomOf: (path: string) => Room | undefined,
): string | undefined => {
  switch (found.kind) {
    case 'missing':
      return `imports ${found.target}, which is not there`
    case 'node':
      return room.hasNode || found.isTypeOnly
        ? undefined
        : `imports node:${found.target}, but ${room.name} has no Node`
    case 'package': {
      if (room.packages && !room.packages.test(found.target))
        return `imports ${found.target}, which ${room.name} may not`
      const home = packageHomes.find(({ name }) => name.test(found.target))
      if (home && !home.homes.test(found.from)) return `imports ${found.target}: ${home.reason}`
      return undefined
    }
    case 'file': {
      // The program's name and version.
      if (found.target === 'package.json' && room.hasNode) return undefined
      const other = roomOf(found.target)
      if (!other) return `imports ${found.target}, which is no part of the program`
      if (maySee(room, other)) return undefined
      return `imports ${found.target}, but ${room.name} sees only ${room.sees.join(', ') || 'itself'}`
    }
  }
}

/** Every import that goes against the directions in layer-rules.ts. */
export const layerViolations = (root: string): Violation[] => {
  const sources = readSources(root, folders)
  const rooms = roomsOf(sources.map(source => source.path))
  const roomOf = (path: string) => rooms.find(room => room.pattern.test(path))
  return sources.flatMap(source => {
    const room = roomOf(source.path)
    if (!room) return [{ path: source.path, line: 1, message: 'stands outside every room' }]
    return importsOf(root, source).flatMap(found => {
      const message = complaint(room, found, roomOf)
      return message ? [{ path: source.path, line: found.line, message }] : []
    })
  })
}

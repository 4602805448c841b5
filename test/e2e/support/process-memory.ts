import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import type { Needle } from './secret-traces'

type Region = Readonly<{ start: number; length: number }>

const chunkBytes = 16 * 1024 * 1024
/** A needle that lies across two chunks is found in the second, which begins this much before the end of the first. */
const overlapBytes = 512

const fileOf = (pid: number, name: string): string => {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'latin1')
  } catch {
    return ''
  }
}

const parentOf = (pid: number): number => Number(/\) \S (\d+) /.exec(fileOf(pid, 'stat'))?.[1] ?? 0)

/** A process and all that come from it. */
export const processesBelow = (root: number): readonly number[] => {
  const parents = new Map(
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => [Number(name), parentOf(Number(name))] as const),
  )
  const isBelow = (pid: number): boolean =>
    pid === root || (parents.has(pid) && isBelow(parents.get(pid) ?? 0))
  return [...parents.keys()].filter(isBelow)
}

export const isAlive = (pid: number): boolean => fileOf(pid, 'stat') !== ''

/** Whether the system's dump of a crash holds nothing of what the process had in its memory (core(5)). */
export const isOmittedFromCoreDumps = (pid: number): boolean =>
  /^0+$/.test(fileOf(pid, 'coredump_filter').trim())

/** What a process can have written to: mappings with pages in memory, those of unchanged files left out. */
const regionsOf = (pid: number): readonly Region[] => {
  const regions: Region[] = []
  let current: (Region & { isOfFile: boolean; isReadable: boolean }) | null = null
  for (const line of fileOf(pid, 'smaps').split('\n')) {
    const head = /^([0-9a-f]+)-([0-9a-f]+) (\S{4}) \S+ \S+ (\d+)\s*(.*)$/.exec(line)
    if (head) {
      const [start, end] = [Number.parseInt(head[1] ?? '', 16), Number.parseInt(head[2] ?? '', 16)]
      const rights = head[3] ?? ''
      const isOfFile = head[4] !== '0' && !rights.includes('w') && !/^\/(dev\/shm|memfd)/.test(head[5] ?? '')
      current = { start, length: end - start, isOfFile, isReadable: rights.startsWith('r') }
    }
    const resident = /^Rss:\s+(\d+) kB/.exec(line)
    if (!resident || !current) continue
    if (resident[1] !== '0' && current.isReadable && !current.isOfFile) regions.push(current)
  }
  return regions
}

/** Whether the memory of other processes can be read here at all (root, or no Yama and the same user). */
export const canReadMemory = (pid: number): boolean => {
  try {
    for (const name of ['mem', 'pagemap']) closeSync(openSync(`/proc/${pid}/${name}`, 'r'))
    return regionsOf(pid).length > 0
  } catch {
    return false
  }
}

type Traces = Readonly<{ bytes: number; found: ReadonlyMap<string, number> }>

const pageBytes = 4096

/** The stretches of a mapping that are in memory or swapped out (proc(5), pagemap): most of a reservation is neither. */
const presentIn = (pagemap: number, { start, length }: Region): Region[] => {
  const entries = Buffer.alloc((length / pageBytes) * 8)
  const read = readSync(pagemap, entries, 0, entries.length, (start / pageBytes) * 8)
  const found: { start: number; length: number }[] = []
  for (let page = 0; page * 8 < read; page += 1) {
    if (((entries[page * 8 + 7] ?? 0) & 0xc0) === 0) continue
    const at = start + page * pageBytes
    const last = found.at(-1)
    if (last && last.start + last.length === at) last.length += pageBytes
    else found.push({ start: at, length: pageBytes })
  }
  return found
}

/** How often each needle lies in the memory of a process, and how much of it was read. */
export const tracesIn = (pid: number, needles: readonly Needle[]): Traces => {
  const found = new Map<string, number>()
  const hay = Buffer.allocUnsafeSlow(chunkBytes)
  let bytes = 0
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  const pagemap = openSync(`/proc/${pid}/pagemap`, 'r')
  /** A mapping can go away while it is read. */
  const readInto = (place: number, length: number): number => {
    try {
      return readSync(memory, hay, 0, length, place)
    } catch {
      return 0
    }
  }
  try {
    for (const { start, length } of regionsOf(pid).flatMap(region => presentIn(pagemap, region)))
      for (let at = 0; at < length; at += chunkBytes - overlapBytes) {
        const wanted = Math.min(chunkBytes, length - at)
        const view = hay.subarray(0, readInto(start + at, wanted))
        bytes += view.byteLength
        for (const { what, bytes: needle } of needles)
          for (let hit = view.indexOf(needle); hit >= 0; hit = view.indexOf(needle, hit + needle.length))
            found.set(what, (found.get(what) ?? 0) + 1)
        if (at + wanted >= length) break
      }
  } finally {
    closeSync(memory)
    closeSync(pagemap)
    hay.fill(0)
  }
  return { bytes, found }
}

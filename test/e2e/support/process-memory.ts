import { closeSync, openSync, readdirSync, readFileSync, readSync } from 'node:fs'
import type { Needle } from './secret-traces'

/** A process of the program that lives. */
export type LivingProcess = Readonly<{ pid: number; name: string }>

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

/** `utility Siegel engine`, `renderer`; `main` for the first. */
const nameOf = (pid: number): string => {
  const words = fileOf(pid, 'cmdline').split('\0')
  const of = (option: string) => words.find(word => word.startsWith(`${option}=`))?.slice(option.length + 1)
  const type = of('--type')
  return type === undefined ? 'main' : [type, of('--utility-sub-type') ?? ''].join(' ').trim()
}

const parentOf = (pid: number): number => Number(/\) \S (\d+) /.exec(fileOf(pid, 'stat'))?.[1] ?? 0)

/** A process and all that come from it, whoever adopted them meanwhile not counted. */
export const processesBelow = (root: number): readonly LivingProcess[] => {
  const parents = new Map(
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .map(name => [Number(name), parentOf(Number(name))] as const),
  )
  const isBelow = (pid: number): boolean =>
    pid === root || (parents.has(pid) && isBelow(parents.get(pid) ?? 0))
  return [...parents.keys()].filter(isBelow).map(pid => ({ pid, name: nameOf(pid) }))
}

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
    closeSync(openSync(`/proc/${pid}/mem`, 'r'))
    return regionsOf(pid).length > 0
  } catch {
    return false
  }
}

export type Traces = Readonly<{ bytes: number; found: ReadonlyMap<string, number> }>

/** How often each needle lies in the memory of a process, and how much of it was read. */
export const tracesIn = (pid: number, needles: readonly Needle[]): Traces => {
  const found = new Map<string, number>()
  const hay = Buffer.allocUnsafeSlow(chunkBytes)
  let bytes = 0
  const memory = openSync(`/proc/${pid}/mem`, 'r')
  try {
    for (const { start, length } of regionsOf(pid))
      for (let at = 0; at < length; at += chunkBytes - overlapBytes) {
        let read = 0
        try {
          read = readSync(memory, hay, 0, Math.min(chunkBytes, length - at), start + at)
        } catch {
          // A mapping that went away meanwhile, or one of the kernel's own.
          break
        }
        bytes += read
        const view = hay.subarray(0, read)
        for (const { what, bytes: needle } of needles)
          for (let hit = view.indexOf(needle); hit >= 0; hit = view.indexOf(needle, hit + needle.length))
            found.set(what, (found.get(what) ?? 0) + 1)
        if (read < Math.min(chunkBytes, length - at)) break
      }
  } finally {
    closeSync(memory)
    hay.fill(0)
  }
  return { bytes, found }
}

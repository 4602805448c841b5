import { readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { isKeyword } from './mbox-flags'

/**
 * Beside the .eml files of an export lies one file with what .eml cannot say. Names stay clean for other programs,
 * and keywords have a place that Maildir's letters do not give.
 */
export const sidecarName = 'flags.json'

const schema = z.object({
  messages: z.record(
    z.string(),
    z.object({ flags: z.array(z.string().max(200)).max(200), internalDateMs: z.number() }),
  ),
})
export type Sidecar = ReadonlyMap<string, Readonly<{ flags: readonly string[]; internalDateMs: number }>>

/** One sidecar entry a line keeps writing a stream. */
export const sidecarEntry = (name: string, flags: readonly string[], internalDateMs: number): string =>
  `${JSON.stringify(name)}: ${JSON.stringify({ flags, internalDateMs })}`

/** Reads a sidecar; one that is missing or not ours counts as empty. */
export async function readSidecar(directory: string): Promise<Sidecar> {
  const text = await readFile(join(directory, sidecarName), 'utf8').catch(() => '')
  if (text === '') return new Map()
  try {
    const known = schema.parse(JSON.parse(text))
    return new Map(
      Object.entries(known.messages).map(([name, entry]) => [
        name,
        {
          flags: entry.flags.filter(flag => isKeyword(flag.replace(/^\\/, ''))),
          internalDateMs: entry.internalDateMs,
        },
      ]),
    )
  } catch {
    // Somebody else's flags.json.
    return new Map()
  }
}

export const hasSidecar = (directory: string): Promise<boolean> =>
  stat(join(directory, sidecarName)).then(
    facts => facts.isFile(),
    () => false,
  )

import type { ImapContext } from '../context'
import { numberOf, responseCodeOf, textOf, type WireResponse } from '../tokens'
import { expandUidSet, uidSets } from '../uid-set'
import { sequence, text } from '../wire'
import { uidExpunge } from './expunge'
import { storeFlags, uidsPerChange } from './store-flags'

/** Where moved messages are now, when the server tells (UIDPLUS, RFC 4315 §3). */
export type MoveResult = { uidMap: ReadonlyMap<number, number> | null; uidValidity: number | null }

/**
 * UID MOVE (RFC 6851), or COPY, \Deleted and UID EXPUNGE. Without UIDPLUS the originals stay behind marked
 * \Deleted: a plain EXPUNGE could remove other mail (docs/quirks/imap.md). Throws `mailbox-missing` when the
 * target is not there.
 */
export async function move(
  context: ImapContext,
  uids: readonly number[],
  targetPath: string,
): Promise<MoveResult> {
  const target = text(context.names.toWire(targetPath))
  const map = new Map<number, number>()
  let uidValidity: number | null = null
  const note = (response: WireResponse, askedFor: ReadonlySet<number>) => {
    const copied = readCopyUid(response, askedFor)
    if (!copied) return
    uidValidity = copied.uidValidity
    for (const [from, to] of copied.map) map.set(from, to)
  }
  for (const chunk of uidSets(uids, uidsPerChange)) {
    const askedFor = new Set(chunk.uids)
    const untagged = { OK: (response: WireResponse) => note(response, askedFor) }
    if (context.capabilities.move) {
      note(await context.wire.run('UID MOVE', [sequence(chunk.set), target], { untagged }), askedFor)
      continue
    }
    note(await context.wire.run('UID COPY', [sequence(chunk.set), target], { untagged }), askedFor)
    await storeFlags(context, chunk.uids, { add: ['\\Deleted'], remove: [] })
    if (context.capabilities.uidplus) await uidExpunge(context, chunk.uids)
  }
  return { uidMap: map.size > 0 ? map : null, uidValidity }
}

/** `[COPYUID validity source-set target-set]`; null when absent or when the sets do not fit together. */
function readCopyUid(
  response: WireResponse,
  askedFor: ReadonlySet<number>,
): { uidValidity: number; map: Map<number, number> } | null {
  const code = responseCodeOf(response)
  if (code?.name !== 'COPYUID') return null
  const uidValidity = numberOf(code.values[0])
  const from = textOf(code.values[1])
  const to = textOf(code.values[2])
  if (uidValidity === null || from === null || to === null) return null
  try {
    const sources = expandUidSet(from, uidsPerChange)
    const targets = expandUidSet(to, uidsPerChange)
    if (sources.length !== targets.length) return null
    const map = new Map<number, number>()
    sources.forEach((source, index) => {
      const target = targets[index]
      if (target !== undefined && askedFor.has(source)) map.set(source, target)
    })
    return { uidValidity, map }
  } catch {
    return null
  }
}

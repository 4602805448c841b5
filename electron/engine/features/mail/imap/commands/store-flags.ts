import { SiegelError } from '../../../../../../shared/kit/result'
import type { ImapContext } from '../context'
import { responseCodeOf, textOf } from '../tokens'
import { expandUidSet, uidSets } from '../uid-set'
import { atom, sequence } from '../wire'

/** UIDs of one STORE, COPY or MOVE: an answer a command, and the set stays below the line limit anyway. */
export const uidsPerChange = 2_000

/** A flag or keyword (RFC 3501 §9 `flag`): an atom, with a backslash in front for system flags. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: atom-specials of RFC 3501
const flagSyntax = /^\\?[^\x00-\x20\x7f-\uffff(){%*"\\\]]+$/

/** Throws `bad-request` when a flag cannot be written in IMAP, or is \Recent (the server's own). */
export function checkedFlags(flags: readonly string[]): readonly string[] {
  for (const flag of flags) {
    if (!flagSyntax.test(flag) || flag.length > 200 || flag.toLowerCase() === '\\recent') {
      throw new SiegelError('bad-request', { detail: 'not an IMAP flag' })
    }
  }
  return flags
}

/** UID STORE +FLAGS.SILENT / -FLAGS.SILENT. UIDs that are gone are no error (RFC 3501 §6.4.8). */
export async function storeFlags(
  context: ImapContext,
  uids: readonly number[],
  change: { add: readonly string[]; remove: readonly string[] },
): Promise<void> {
  const add = checkedFlags(change.add)
  const remove = checkedFlags(change.remove)
  for (const { set } of uidSets(uids, uidsPerChange)) {
    if (add.length > 0)
      await context.wire.run('UID STORE', [sequence(set), atom('+FLAGS.SILENT'), add.map(atom)])
    if (remove.length > 0)
      await context.wire.run('UID STORE', [sequence(set), atom('-FLAGS.SILENT'), remove.map(atom)])
  }
}

/** One UID STORE each with UNCHANGEDSINCE (RFC 7162 §3.1.3); what the server names in MODIFIED was left alone. */
export async function storeFlagsIfUnchanged(
  context: ImapContext,
  uids: readonly number[],
  change: { add: readonly string[]; remove: readonly string[] },
  modseq: string,
): Promise<readonly number[]> {
  if (!context.capabilities.condstore || !/^\d{1,19}$/.test(modseq))
    throw new SiegelError('capability-missing', { capability: 'CONDSTORE' })
  const left = new Set<number>()
  const condition = [atom('UNCHANGEDSINCE'), atom(modseq)]
  for (const { set } of uidSets(uids, uidsPerChange)) {
    for (const [item, flags] of [
      ['+FLAGS.SILENT', checkedFlags(change.add)],
      ['-FLAGS.SILENT', checkedFlags(change.remove)],
    ] as const) {
      if (flags.length === 0) continue
      const answer = await context.wire.run('UID STORE', [
        sequence(set),
        condition,
        atom(item),
        flags.map(atom),
      ])
      const code = responseCodeOf(answer)
      if (code?.name === 'MODIFIED')
        for (const uid of expandUidSet(textOf(code.values[0]) ?? '', uidsPerChange)) left.add(uid)
    }
  }
  return [...left]
}

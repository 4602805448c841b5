import type { ListedStatus } from '../../../../ports/mail/mail-backend'
import { listOf, modseqOf, numberOf, textOf, type WireResponse } from '../tokens'
import { type Argument, atom } from '../wire'

/** What LIST-STATUS (RFC 5819) is asked for each mailbox: enough to know that nothing changed. */
export const statusItems: Argument = ['MESSAGES', 'UIDNEXT', 'UIDVALIDITY', 'HIGHESTMODSEQ'].map(atom)

/** `* STATUS name (MESSAGES 3 UIDNEXT 9 ...)`; null unless all four are there. */
export function readStatus(response: WireResponse): { wire: string; status: ListedStatus } | null {
  const [name, items] = response.attributes ?? []
  const wire = textOf(name)
  if (wire === null) return null
  const values = new Map<string, string | null>()
  const list = listOf(items)
  for (let at = 0; at + 1 < list.length; at += 2)
    values.set(textOf(list[at])?.toUpperCase() ?? '', textOf(list[at + 1]))
  const number = (item: string) => numberOf({ type: 'ATOM', value: values.get(item) ?? '' })
  const exists = number('MESSAGES')
  const uidNext = number('UIDNEXT')
  const uidValidity = number('UIDVALIDITY')
  const highestModseq = modseqOf({ type: 'ATOM', value: values.get('HIGHESTMODSEQ') ?? '' })
  // Mod-sequence 0: the mailbox keeps none (NOMODSEQ, RFC 7162 §3.1.2.2).
  if (exists === null || uidNext === null || uidValidity === null || highestModseq === null) return null
  if (highestModseq === '0') return null
  return { wire, status: { exists, uidNext, uidValidity, highestModseq } }
}

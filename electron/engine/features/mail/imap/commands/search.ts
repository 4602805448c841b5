import { SiegelError } from '../../../../../../shared/kit/result'
import type { ImapContext } from '../context'
import { textOf, type WireResponse } from '../tokens'
import { expandUidSet, uidSets } from '../uid-set'
import { type Argument, atom, sequence, text } from '../wire'
import { fetchRows } from './fetch-rows'

/** Above any mailbox: 5 million UIDs are a 40 MB array. */
const searchedUids = 5_000_000
const dayMs = 86_400_000
const months = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec']

/** UID SEARCH, ascending and without doubles; ESEARCH (RFC 4731) where offered. An empty answer is an answer. */
export async function searchUids(
  context: ImapContext,
  options: { sinceMs?: number; fromUid?: number },
): Promise<readonly number[]> {
  const criteria: Argument[] = []
  if (options.fromUid !== undefined)
    criteria.push(atom('UID'), sequence(`${Math.max(1, Math.trunc(options.fromUid))}:*`))
  if (options.sinceMs !== undefined) criteria.push(atom('SINCE'), atom(searchDate(options.sinceMs)))
  const found = await runSearch(context, criteria.length > 0 ? criteria : [atom('ALL')])
  // `n:*` names the last message even when its UID is below n (RFC 3501 §6.4.8).
  return found.filter(uid => uid >= (options.fromUid ?? 1))
}

/** UIDs whose Message-ID is exactly this one. HEADER searches for a part of it (RFC 3501 §6.4.4), so the found are read. */
export async function searchMessageId(
  context: ImapContext,
  messageIdHeader: string,
): Promise<readonly number[]> {
  if (messageIdHeader === '' || /[\0\r\n]/.test(messageIdHeader)) return []
  // biome-ignore lint/suspicious/noControlCharactersInRegex: ASCII
  const charset: Argument[] = /^[\x00-\x7f]*$/.test(messageIdHeader) ? [] : [atom('CHARSET'), atom('UTF-8')]
  const candidates = await runSearch(context, [
    ...charset,
    atom('HEADER'),
    atom('MESSAGE-ID'),
    text(messageIdHeader),
  ])
  const found: number[] = []
  const newest = candidates.slice(-200)
  for (const { set, uids } of uidSets(newest, 200)) {
    const items: Argument[] = [
      atom('UID'),
      { type: 'ATOM', value: 'BODY.PEEK', section: [atom('HEADER.FIELDS'), [atom('MESSAGE-ID')]] },
    ]
    for await (const row of fetchRows(context, set, items, { wanted: new Set(uids) })) {
      if (row.body && context.mime.parseHeader(row.body).messageIdHeader === messageIdHeader)
        found.push(row.uid)
    }
  }
  return found.sort((a, b) => a - b)
}

async function runSearch(context: ImapContext, criteria: readonly Argument[]): Promise<number[]> {
  const found = new Set<number>()
  const add = (uid: number) => {
    if (uid < 1 || uid > 0xffff_ffff || !Number.isInteger(uid)) return
    if (found.size >= searchedUids) throw new SiegelError('protocol-violation', { detail: 'too many UIDs' })
    found.add(uid)
  }
  const esearch = context.wire.has('ESEARCH')
  await context.wire.run('UID SEARCH', [...(esearch ? [atom('RETURN'), [atom('ALL')]] : []), ...criteria], {
    untagged: {
      SEARCH: response => {
        for (const uid of response.numbers ?? []) add(uid)
        for (const token of response.attributes ?? []) add(Number(textOf(token) ?? 0))
      },
      ESEARCH: response => {
        const set = allOf(response)
        if (set !== null) for (const uid of expandUidSet(set, searchedUids)) add(uid)
      },
    },
  })
  return [...found].sort((a, b) => a - b)
}

/** `* ESEARCH (TAG "A1") UID ALL 1:5,9` */
function allOf(response: WireResponse): string | null {
  const attributes = response.attributes ?? []
  const at = attributes.findIndex(token => textOf(token)?.toUpperCase() === 'ALL')
  return at < 0 ? null : textOf(attributes[at + 1])
}

/** A day for SINCE, one early: the server counts days in a time zone of its own. */
function searchDate(ms: number): string {
  const day = new Date(ms - dayMs)
  return `${day.getUTCDate()}-${months[day.getUTCMonth()] ?? 'Jan'}-${String(day.getUTCFullYear()).padStart(4, '0')}`
}

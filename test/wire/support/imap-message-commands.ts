import type { ImapAnswer, ImapCommandContext } from './imap-command-context'
import { fetchAnswer, fetchItems, marksSeen } from './imap-fetch'
import { decodeMailboxName, imapSet, inImapSet } from './imap-names'
import { asList, asText } from './imap-parser'
import { search } from './imap-search'

type By = 'uid' | 'sequence'

/** FETCH with CHANGEDSINCE and VANISHED (RFC 7162). */
export function fetchCommand(
  { session, server, arguments: [set, wanted, modifiers] }: ImapCommandContext,
  by: By,
): ImapAnswer {
  const mailbox = session.mailbox!
  const items = fetchItems(wanted)
  if (by === 'uid' && !items.some(item => item.toUpperCase() === 'UID')) items.unshift('UID')
  if (!server.offers('CONDSTORE')) {
    if (items.some(item => item.toUpperCase() === 'MODSEQ') || modifiers)
      return 'BAD CONDSTORE is not offered'
  }
  const words = asList(modifiers).map(word => asText(word).toUpperCase())
  const since = words.includes('CHANGEDSINCE') ? Number(words[words.indexOf('CHANGEDSINCE') + 1]) : undefined
  if (since !== undefined) {
    session.modseqAware = true
    if (!items.some(item => item.toUpperCase() === 'MODSEQ')) items.push('MODSEQ')
    if (words.includes('VANISHED')) {
      const gone = mailbox.vanished.filter(
        one =>
          one.modseq > since &&
          inImapSet(asText(set), one.uid, Math.max(session.largestUid, mailbox.uidNext)),
      )
      if (gone.length > 0) session.send(`* VANISHED (EARLIER) ${imapSet(gone.map(one => one.uid))}\r\n`)
    }
  }
  for (const { sequence, message } of session.candidates(asText(set), by)) {
    if (since !== undefined && message.modseq <= since) continue
    const answer = [...items]
    if (marksSeen(items) && !session.readOnly && !message.flags.has('\\Seen')) {
      mailbox.setFlags(message.uid, [...message.flags, '\\Seen'])
      session.dropPending(new Set([message.uid]), 'flags')
      if (!answer.some(item => item.toUpperCase() === 'FLAGS')) answer.push('FLAGS')
    }
    session.send(fetchAnswer(sequence, message, answer))
  }
  return 'OK done'
}

/** SEARCH and, with RETURN, ESEARCH (RFC 4731). */
export function searchCommand(
  { session, server, command, arguments: all }: ImapCommandContext,
  by: By,
): ImapAnswer {
  const keys = [...all]
  const extended = asText(keys[0]).toUpperCase() === 'RETURN'
  if (extended && !server.offers('ESEARCH')) return 'BAD ESEARCH is not offered'
  const returns = extended ? asList(keys.splice(0, 2)[1]).map(word => asText(word).toUpperCase()) : []
  if (asText(keys[0]).toUpperCase() === 'CHARSET') keys.splice(0, 2)
  const found = search(session.candidates(), keys).map(one => (by === 'uid' ? one.message.uid : one.sequence))
  if (!extended) {
    session.send(`* SEARCH${found.map(number => ` ${number}`).join('')}\r\n`)
    return 'OK done'
  }
  const parts = [`* ESEARCH (TAG "${command.tag}")${by === 'uid' ? ' UID' : ''}`]
  if (returns.includes('COUNT')) parts.push(`COUNT ${found.length}`)
  if (found.length > 0) {
    if (returns.includes('MIN')) parts.push(`MIN ${Math.min(...found)}`)
    if (returns.includes('MAX')) parts.push(`MAX ${Math.max(...found)}`)
    if (returns.length === 0 || returns.includes('ALL')) parts.push(`ALL ${imapSet(found)}`)
  }
  session.send(`${parts.join(' ')}\r\n`)
  return 'OK done'
}

/** STORE with UNCHANGEDSINCE (RFC 7162). */
export function storeCommand({ session, server, arguments: all }: ImapCommandContext, by: By): ImapAnswer {
  if (session.readOnly) return 'NO [READ-ONLY] the mailbox was examined'
  const mailbox = session.mailbox!
  const rest = [...all]
  const set = asText(rest.shift())
  let unchangedSince: number | undefined
  if (Array.isArray(rest[0]) && asText(rest[0][0]).toUpperCase() === 'UNCHANGEDSINCE') {
    if (!server.offers('CONDSTORE')) return 'BAD CONDSTORE is not offered'
    unchangedSince = Number(asText(asList(rest.shift())[1]))
  }
  const action = asText(rest.shift()).toUpperCase()
  const flags = rest.flatMap(asList).map(asText)
  const refused: number[] = []
  for (const { sequence, message } of session.candidates(set, by)) {
    if (unchangedSince !== undefined && message.modseq > unchangedSince) {
      refused.push(by === 'uid' ? message.uid : sequence)
      continue
    }
    const before = [...message.flags]
    if (action.startsWith('+')) mailbox.setFlags(message.uid, [...before, ...flags])
    else if (action.startsWith('-'))
      mailbox.setFlags(
        message.uid,
        before.filter(flag => !flags.includes(flag)),
      )
    else mailbox.setFlags(message.uid, flags)
    session.dropPending(new Set([message.uid]), 'flags')
    const items = [...(by === 'uid' ? ['UID'] : []), ...(action.endsWith('.SILENT') ? [] : ['FLAGS'])]
    if (session.modseqAware) items.push('MODSEQ')
    if (session.modseqAware || !action.endsWith('.SILENT'))
      session.send(fetchAnswer(sequence, message, items))
  }
  return refused.length > 0 ? `OK [MODIFIED ${imapSet(refused)}] some had changed` : 'OK done'
}

/** COPY and MOVE (RFC 6851), with COPYUID (RFC 4315). */
export function copyCommand(
  { session, server, arguments: [set, name] }: ImapCommandContext,
  by: By,
  move: boolean,
): ImapAnswer {
  const source = session.mailbox!
  const target = server.account.find(decodeMailboxName(asText(name)))
  if (!target) return 'NO [TRYCREATE] no such mailbox'
  if (move && session.readOnly) return 'NO [READ-ONLY] the mailbox was examined'
  const from: number[] = []
  const to: number[] = []
  for (const { message } of session.candidates(asText(set), by)) {
    from.push(message.uid)
    to.push(target.add(message.raw, { flags: message.flags, internalDate: message.internalDate }).uid)
  }
  const code =
    server.offers('UIDPLUS') && from.length > 0
      ? `[COPYUID ${target.uidValidity} ${imapSet(from)} ${imapSet(to)}]`
      : ''
  if (!move) return `OK ${code} copied`.replace('  ', ' ')
  if (code !== '') session.send(`* OK ${code} moved\r\n`)
  source.expunge(...from)
  session.flush()
  return 'OK done'
}

/** EXPUNGE, or UID EXPUNGE when there is a set. */
export function expungeCommand({ session }: ImapCommandContext, set: string | undefined): ImapAnswer {
  if (session.readOnly) return 'NO [READ-ONLY] the mailbox was examined'
  const chosen = session.candidates(set).filter(({ message }) => message.flags.has('\\Deleted'))
  session.mailbox!.expunge(...chosen.map(({ message }) => message.uid))
  session.flush()
  return 'OK done'
}

/** APPEND of one message, with APPENDUID (RFC 4315). */
export function appendCommand({ session, server, arguments: all }: ImapCommandContext): ImapAnswer {
  const mailbox = server.account.find(decodeMailboxName(asText(all[0])))
  if (!mailbox) return 'NO [TRYCREATE] no such mailbox'
  const raw = all.at(-1)
  if (!Buffer.isBuffer(raw)) return 'BAD a message is a literal'
  const flags = all.slice(1, -1).find(Array.isArray) ?? []
  const date = all.slice(1, -1).find(argument => typeof argument === 'string')
  const internalDate = typeof date === 'string' ? new Date(date.trim()) : new Date()
  const { uid } = mailbox.add(raw, { flags: flags.map(asText), internalDate })
  session.flush()
  return server.offers('UIDPLUS') ? `OK [APPENDUID ${mailbox.uidValidity} ${uid}] appended` : 'OK appended'
}

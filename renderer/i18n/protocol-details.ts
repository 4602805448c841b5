/** What of a broken protocol has words for people. */
type BrokenWords = 'page' | 'silent' | 'endless' | 'noInbox' | 'tooMuch' | 'unread' | 'unasked' | 'encrypted'

/** Details that the engine sets, which are words of its own and no server's. */
const known: Readonly<Record<string, BrokenWords>> = {
  'an HTML page': 'page',
  'no answer about itself': 'silent',
  'no answer about the collection': 'silent',
  'no UIDVALIDITY or EXISTS': 'silent',
  'no IMAP greeting': 'silent',
  'a listing without end': 'endless',
  'no INBOX': 'noInbox',
  'the list of mailboxes has no INBOX': 'noInbox',
  'empty LIST': 'noInbox',
  'UID set too large': 'tooMuch',
  'too many UIDs': 'tooMuch',
  'too many mailboxes': 'tooMuch',
  'too many lines': 'tooMuch',
  'line too long': 'tooMuch',
  'malformed UID set': 'unread',
  'unexpected line': 'unread',
  'FETCH answers nobody asked for': 'unasked',
  encrypted: 'encrypted',
}

/** Words for a detail of `protocol-violation`; null where it has none and stands as it is. */
export const brokenWords = (detail: string): BrokenWords | null =>
  detail.startsWith('XML: ') ? 'unread' : Object.hasOwn(known, detail) ? (known[detail] ?? null) : null

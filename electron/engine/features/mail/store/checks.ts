import { countsNone, type StoreCheck } from '../../../store/care'

/** What must be true of mail in the store, for the doctor. */
export const mailChecks: readonly StoreCheck[] = [
  {
    check: 'search-index',
    problem: connection => {
      connection.exec("INSERT INTO find_headers (find_headers) VALUES ('integrity-check')")
      connection.exec("INSERT INTO find_bodies (find_bodies) VALUES ('integrity-check')")
      return null
    },
  },
  countsNone(
    'message-bytes',
    'SELECT count(*) FROM messages m WHERE body_state = 2 AND NOT EXISTS (SELECT 1 FROM raw_messages r WHERE r.message = m.id)',
    'messages counted as whole without their bytes',
  ),
  countsNone(
    'message-texts',
    'SELECT count(*) FROM messages m WHERE body_state = 1 AND NOT EXISTS (SELECT 1 FROM message_texts t WHERE t.message = m.id)',
    'messages counted as text without it',
  ),
  countsNone(
    'mailbox-counts',
    'SELECT count(*) FROM mailboxes b WHERE total <> (SELECT count(*) FROM messages m WHERE m.mailbox = b.id) OR unread <> (SELECT count(*) FROM messages m WHERE m.mailbox = b.id AND m.flags & 1 = 0)',
    'mailboxes with wrong counts',
  ),
  countsNone(
    'search-rows',
    'WITH here AS (SELECT body_state FROM messages WHERE id >= coalesce((SELECT below FROM search_renewal), 0)) SELECT abs((SELECT count(*) FROM here) - (SELECT count(*) FROM find_headers_docsize)) + abs((SELECT count(*) FROM here WHERE body_state > 0) - (SELECT count(*) FROM find_bodies_docsize))',
    'messages missing from the search index or too many in it',
  ),
]

import { any, asked, type StaleRule } from '../../kit/stale-rule'

/** The text or bytes of the message that is asked for. */
const itsBody = { entity: 'message', kinds: ['body', 'gone'], about: 'messageId' } as const

/** What makes answers about mail old (`ipc/stale/stale.ts`). */
export const mailStale = {
  'mailboxes.list': [
    { entity: 'mailbox', kinds: ['shape', 'members', 'unread', 'progress'] },
    any('account'),
  ],
  // Of a role, that is, of several mailboxes, when none is named.
  'messages.index': [
    { entity: 'mailbox', kinds: ['shape', 'members'], about: 'mailboxId' },
    {
      entity: 'mailbox',
      kinds: ['unread'],
      about: 'mailboxId',
      when: ({ unreadOnly }: { unreadOnly: boolean }) => unreadOnly,
    },
    {
      entity: 'mailbox',
      kinds: ['flagged'],
      about: 'mailboxId',
      when: ({ flaggedOnly }: { flaggedOnly: boolean }) => flaggedOnly,
    },
  ],
  // The page keeps rows one by one and asks for those that a change names. What is gone is not asked for.
  'messages.named': [any('message')],
  'messages.summaries': [
    { entity: 'message', kinds: ['new', 'place', 'flags', 'pending', 'body', 'row'] },
    any('conversation'),
  ],
  // Not by flags: what of the detail stands in the row too is taken from there. By its place, on which remote images depend, and by
  // whatever changes the way by which its list may be left.
  'messages.get': [
    { entity: 'message', kinds: ['body', 'place', 'gone'], about: 'messageId' },
    { entity: 'settings', kinds: ['image-senders', 'ways'] },
    any('account'),
    any('key'),
  ],
  'messages.attached': [itsBody, any('key')],
  // Each of its messages is a row.
  'messages.thread': [{ ...any('conversation'), about: 'messageId' }],
  'messages.source': [itsBody],
  'remoteContent.list': [{ entity: 'settings', kinds: ['image-senders'] }],
  'lists.unsubscribeChoice': asked,
  'search.query': [
    { entity: 'message', kinds: ['new', 'gone', 'place', 'body', 'row'] },
    // Such a search may ask for flags (`is:unread`).
    { entity: 'message', kinds: ['flags'], when: ({ text }: { text: string }) => text.includes(':') },
    any('search'),
  ],
  // Main asks, when the frame, or a person, wants it.
  'messages.html': asked,
  'messages.linkFinding': asked,
  'messages.raw': asked,
  'attachments.read': asked,
  'remoteContent.read': asked,
  'bodies.fit': asked,
} as const satisfies Record<string, readonly StaleRule[]>

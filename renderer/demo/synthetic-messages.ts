import { noSecurity } from '../../shared/features/mail/message-security'
import type { MailboxSummary } from '../../shared/features/mail/model'
import type { MessageId, ThreadId } from '../../shared/kit/ids'
import type { FakeMessage } from './demo-messages'
import { me, people } from './demo-people'

const subjects = [
  'Protokoll der Sitzung',
  'Re: Travel arrangements',
  'Rückfrage zum Vertrag',
  'Weekly figures',
  'Terminvorschlag für das Gespräch',
  'Draft for your comments',
]
const senders = Object.values(people)

/** Many plain messages for trying how a full mailbox scrolls; the same ones every time. */
export function* syntheticMessages(
  count: number,
  mailbox: MailboxSummary,
  newId: () => number,
): Generator<FakeMessage> {
  const startMs = Date.now() - 3_600_000
  for (let at = 0; at < count; at += 1) {
    const id = newId() as MessageId
    const from = senders[(at * 7) % senders.length] ?? me
    yield {
      summary: {
        id,
        mailboxId: mailbox.id,
        accountId: mailbox.accountId,
        threadId: id as number as ThreadId,
        messageIdHeader: '',
        from: [from],
        to: [me],
        subject: `${subjects[(at * 5) % subjects.length] ?? ''} ${count - at}`,
        dateMs: startMs - at * 2_700_000,
        flags: at % 9 === 0 ? [] : at % 31 === 0 ? ['seen', 'flagged'] : ['seen'],
        keywords: [],
        sizeBytes: 3000 + (at % 97) * 411,
        hasAttachments: at % 6 === 0,
        snippet:
          'Anbei wie besprochen die Unterlagen; bitte geben Sie bis Ende der Woche Bescheid, ob alles passt.',
        bodyState: 'whole',
        pending: false,
        threadCount: 1,
        encrypted: false,
      },
      detail: {
        cc: [],
        bcc: [],
        to: [],
        peopleAreCut: false,
        answersToList: false,
        replyTo: [],
        listId: null,
        unsubscribe: null,
        text: 'Anbei wie besprochen die Unterlagen; bitte geben Sie bis Ende der Woche Bescheid, ob alles passt.',
        hasHtml: false,
        blockedRemoteCount: 0,
        trackerCount: 0,
        attachedKeys: [],
        remote: null,
        attachments: [],
        security: noSecurity,
        outside: null,
        warnings: [],
      },
      html: null,
    }
  }
}

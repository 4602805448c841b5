import type { SharedFeature } from '../../kit/shared-feature'
import { mailCommands } from './commands'
import { mailStale } from './stale'

export const mail = {
  changes: {
    /**
     * `shape`: it came, went, or has another name, part or window. `members`: other messages are in it. `unread`, `flagged`: others of
     * its messages are read or starred. `progress`: of its synchronisation, and how many bodies are missing. Ids are of mailboxes.
     */
    mailbox: ['shape', 'members', 'unread', 'flagged', 'progress'],
    /**
     * `new`, `gone`: it came or went. `place`: it is in another mailbox. `flags`: flags or keywords. `pending`: a change of it waits for
     * the server, or does not any more. `body`: its text or bytes are here, or are others. `row`: what a list says of it, without
     * any of these (a subject that was decrypted).
     */
    message: ['new', 'gone', 'place', 'flags', 'pending', 'body', 'row'],
    /** Messages whose conversation has more or fewer messages than before; nothing else of them changed. */
    conversation: ['members'],
    search: ['state'],
  },
  stale: mailStale,
  commands: mailCommands,
} as const satisfies SharedFeature

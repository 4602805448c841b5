import type { Namespaces } from '../../../../../shared/features/mail/namespace'
import type { Clock, Log } from '../../../ports/basics'
import type { BackendCapabilities } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { MailboxNames } from './mailbox-name'
import type { Wire } from './wire'

/** What every operation of one session works on. */
export type ImapContext = {
  readonly wire: Wire
  readonly capabilities: BackendCapabilities
  readonly names: MailboxNames
  readonly mime: MimePort
  readonly clock: Clock
  readonly log: Log
  /** As the server told after the login; null without NAMESPACE. */
  readonly namespaces: Namespaces | null
  /** As the last listing suggests, where the server does not tell. */
  listedNamespaces: Namespaces | null
  /** The neutral client name (RFC 2971), for servers that open nothing without one. */
  readonly identity: { given: boolean; readonly isWanted: boolean; wanted(): void }
  /** The selected mailbox, or null. */
  selected: { path: string; readOnly: boolean; modseq: boolean } | null
  /** True when the server told of a change to the selected mailbox since it was opened. */
  changed: boolean
  /** Called when `changed` becomes true; set while waiting. */
  onChanged: (() => void) | null
}

/** Notes that the server told of a change. */
export function noteChange(context: ImapContext): void {
  context.changed = true
  context.onChanged?.()
}

import type { Clock, Log } from '../../ports/basics'
import type { BackendCapabilities } from '../../ports/mail-backend'
import type { MimePort } from '../../ports/mime'
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

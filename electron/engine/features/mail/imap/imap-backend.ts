import type { AccountId } from '../../../../../shared/kit/ids'
import type { Clock, Log } from '../../../ports/basics'
import type { MailBackend } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { NetworkGate } from '../../../ports/net/gate'
import { watchMailbox } from './commands/idle'
import { toldNamespaces } from './commands/told-namespaces'
import { connectImap } from './connect'
import type { ImapContext } from './context'
import { imapSession } from './imap-session'
import { MailboxNames } from './mailbox-name'

/** IMAP4rev1 (RFC 3501) over imapflow. It dials through the gate only. */
export function createImapBackend(deps: {
  gate: NetworkGate
  log: Log
  mime: MimePort
  clock: Clock
}): MailBackend {
  // Names that cannot be made again from their path are known from LIST, which another session may have run.
  const namesOf = new Map<AccountId, MailboxNames>()
  const wantName = new Set<AccountId>()
  return {
    async connect(account, signal) {
      const { wire, qresync } = await connectImap(deps.gate, account, signal)
      const names = namesOf.get(account.id) ?? new MailboxNames()
      namesOf.set(account.id, names)
      const context: ImapContext = {
        wire,
        names,
        mime: deps.mime,
        clock: deps.clock,
        log: deps.log,
        capabilities: {
          condstore: qresync || wire.has('CONDSTORE'),
          qresync,
          move: wire.has('MOVE'),
          uidplus: wire.has('UIDPLUS'),
          idle: wire.has('IDLE'),
          specialUse: wire.has('SPECIAL-USE'),
        },
        namespaces: toldNamespaces(wire),
        listedNamespaces: null,
        identity: {
          given: false,
          isWanted: wantName.has(account.id),
          wanted: () => wantName.add(account.id),
        },
        selected: null,
        changed: false,
        onChanged: null,
      }
      watchMailbox(context)
      return imapSession(context)
    },
  }
}

import { SiegelError } from '../../../shared/ipc/result'
import type { MessageId } from '../../../shared/model/ids'
import type { RemoteChoice } from '../../../shared/model/mail'
import type { ParsedMessage } from '../ports/mime'
import type { MailboxRow } from '../ports/store'
import type { AppContext, UseCases } from './context'
import { type OpenedMessage, openMessage } from './open-message'

/** The only From address in lower case; a message with several speaks for nobody. */
function senderOf(parsed: ParsedMessage): string | null {
  const [first, second] = parsed.header.from
  return first === undefined || second !== undefined || first.address === ''
    ? null
    : first.address.toLowerCase()
}

function mailboxOf({ store }: AppContext, id: MessageId): MailboxRow | null {
  const location = store.messages.location(id)
  return location && store.mailboxes.row(location.mailboxId)
}

/** Whether "always for this sender" is possible, and if not, why. What cannot be known is not offered. */
function alwaysFor(
  context: AppContext,
  id: MessageId,
  { security }: OpenedMessage,
  sender: string | null,
): RemoteChoice['always'] {
  const { store } = context
  const mailbox = mailboxOf(context, id)
  if (!mailbox) return 'sender-unknown'
  if (mailbox.role === 'junk') return 'junk'
  // An address made of what was decrypted carries it away (EFAIL): no standing consent covers that.
  if (security.encryption !== 'none') return 'decrypted'
  const config = store.accounts.get(mailbox.accountId)?.config
  const raw = store.messages.raw(id)
  if (sender === null || config?.kind !== 'imap' || raw === null) return 'sender-unknown'
  const found = context.remote.authenticate(raw, {
    from: sender,
    hosts: [config.imap.host, config.smtp.host],
  })
  if (found !== 'passed') return found === 'failed' ? 'sender-false' : 'sender-unknown'
  return store.remoteSenders.has(sender) ? 'allowed' : 'offered'
}

/** What the reader may choose about the remote images of a message. */
export function remoteChoice(
  context: AppContext,
  id: MessageId,
  opened: OpenedMessage,
  parsed: ParsedMessage,
  imageCount: number,
): RemoteChoice {
  const sender = senderOf(parsed)
  return {
    sender,
    imageCount,
    always: alwaysFor(context, id, opened, sender),
    report: context.remote.images.report(id),
  }
}

/** For the sanitiser: our own addresses of the images that are loaded. `embed`: the bytes themselves. */
export function remoteUrls(context: AppContext, id: MessageId, embed: boolean) {
  const { images } = context.remote
  return (source: string): string | null => {
    const index = images.indexOf(id, source)
    const image = index === null ? null : images.image(id, index)
    if (image === null) return null
    if (!embed) return `attachment://remote/${id}/${index}`
    return `data:${image.type};base64,${Buffer.from(image.bytes).toString('base64')}`
  }
}

/** Remote images: loaded when the user says so, kept for one opening, and never in the junk folder. */
export function remoteContentUseCases(
  context: AppContext,
): Pick<
  UseCases,
  | 'messages.allowRemote'
  | 'messages.forgetRemote'
  | 'remoteContent.list'
  | 'remoteContent.forget'
  | 'remoteContent.read'
> {
  const { store, mime, remote, clock } = context
  return {
    'messages.allowRemote': async ({ messageId, scope }) => {
      const mailbox = mailboxOf(context, messageId)
      const opened = await openMessage(context, messageId)
      const { parsed } = opened
      if (!mailbox || parsed === null || parsed.html === null)
        throw new SiegelError('not-found', { what: 'html' })
      const sender = senderOf(parsed)
      const always = alwaysFor(context, messageId, opened, sender)
      const isAllowed =
        scope === 'once' || scope === 'once-decrypted'
          ? always !== 'junk' && (always === 'decrypted') === (scope === 'once-decrypted')
          : always === 'allowed' || (scope === 'sender' && always === 'offered')
      if (!isAllowed) throw new SiegelError('not-permitted', { why: always })
      if (store.settings.get().offline) throw new SiegelError('offline')
      if (scope === 'sender' && sender !== null) store.remoteSenders.add(sender, clock.now())

      const sources: string[] = []
      const { blockedRemoteCount, trackerCount } = mime.sanitizeHtml(parsed.html, {
        cidUrl: () => null,
        remoteUrl(source) {
          sources.push(source)
          return null
        },
      })
      const { loaded, failed } = await remote.images.load(
        { messageId, accountId: mailbox.accountId },
        sources,
      )
      const report = {
        loadedCount: loaded,
        failedCount: failed,
        trackerCount,
        otherCount: Math.max(0, blockedRemoteCount - trackerCount - sources.length),
      }
      remote.images.keepReport(messageId, report)
      return report
    },
    'messages.forgetRemote': ({ messageId }) => {
      remote.images.forget(messageId)
      return {}
    },
    'remoteContent.list': () => [...store.remoteSenders.list()],
    'remoteContent.forget': ({ address }) => {
      if (!store.remoteSenders.remove(address)) throw new SiegelError('not-found', { what: 'sender' })
      return {}
    },
    'remoteContent.read': ({ messageId, index }) => {
      const image = remote.images.image(messageId, index)
      if (image === null) throw new SiegelError('not-found', { what: 'image' })
      return { bytes: image.bytes }
    },
  }
}

import { mailServiceOf } from '../../../../../../shared/features/accounts/services'
import type { RemoteChoice } from '../../../../../../shared/features/mail/model'
import type { MessageId } from '../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../shared/kit/result'
import type { ArrivedPicture, CleanHtml, ParsedMessage, RemotePicture } from '../../../../ports/mail/mime'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import type { MailboxRow } from '../../../../ports/store'
import type { UseCases } from '../../../../ports/use-cases'
import { openMessage } from './open-message'

/** The only From address in lower case; a message with several speaks for nobody. */
function senderOf(parsed: ParsedMessage): string | null {
  const [first, second] = parsed.header.from
  return first === undefined || second !== undefined || first.address === ''
    ? null
    : first.address.toLowerCase()
}

function mailboxOf({ store }: Needs<never, 'mailboxes' | 'messages'>, id: MessageId): MailboxRow | null {
  const location = store.messages.location(id)
  return location && store.mailboxes.row(location.mailboxId)
}

/** Whether "always for this sender" is possible, and if not, why. What cannot be known is not offered. */
function alwaysFor(
  context: Needs<'remote', 'accounts' | 'mailboxes' | 'messages' | 'remoteSenders'>,
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
  const mail = mailServiceOf(store.accounts.get(mailbox.accountId))
  const raw = store.messages.raw(id)
  if (sender === null || mail === null || raw === null) return 'sender-unknown'
  const found = context.remote.authenticate(raw, {
    from: sender,
    hosts: [mail.imap.host, mail.smtp.host],
  })
  if (found !== 'passed') return found === 'failed' ? 'sender-false' : 'sender-unknown'
  return store.remoteSenders.has(sender) ? 'allowed' : 'offered'
}

/** Whether a picture is loaded when the reader consents to pictures. */
const isLoadable = ({ verdict }: RemotePicture): boolean => verdict === 'picture' || verdict === 'telling'

/** So many of those that look like trackers can be chosen one by one. */
const mostDoubtful = 200

const doubtfulOf = (pictures: CleanHtml['pictures']): RemoteChoice['doubtful'] =>
  pictures.flatMap(({ source, verdict }, index) => {
    const url = URL.parse(source.startsWith('//') ? `https:${source}` : source)
    if (verdict !== 'tracker' || url === null) return []
    return [
      { index, host: url.host.slice(0, 300), name: (url.pathname.split('/').at(-1) ?? '').slice(0, 60) },
    ]
  })

/** What the reader may choose about the remote images of a message. */
export function remoteChoice(
  context: Needs<'remote', 'accounts' | 'mailboxes' | 'messages' | 'remoteSenders'>,
  id: MessageId,
  opened: OpenedMessage,
  parsed: ParsedMessage,
  { pictures }: CleanHtml,
): RemoteChoice {
  const sender = senderOf(parsed)
  const loadable = pictures.filter(isLoadable)
  const doubtful = doubtfulOf(pictures)
  return {
    sender,
    imageCount: loadable.length,
    tellingCount: loadable.filter(({ verdict }) => verdict === 'telling').length,
    doubtful: doubtful.slice(0, mostDoubtful),
    doubtfulCount: doubtful.length,
    always: alwaysFor(context, id, opened, sender),
    report: context.remote.images.report(id),
  }
}

/** The image of a source, when it is here. */
const imageOf = ({ remote: { images } }: Needs<'remote'>, id: MessageId, source: string) => {
  const index = images.indexOf(id, source)
  const image = index === null ? null : images.image(id, index)
  return index === null || image === null ? null : { index, image }
}

/** For the sanitiser: our own addresses of the images that are loaded. `embed`: the bytes themselves. */
export function remoteUrls(context: Needs<'remote'>, id: MessageId, embed: boolean) {
  return (source: string): ArrivedPicture | null => {
    const found = imageOf(context, id, source)
    if (found === null) return null
    const { type, bytes, width, height } = found.image
    const address = embed
      ? `data:${type};base64,${Buffer.from(bytes).toString('base64')}`
      : `attachment://remote/${id}/${found.index}`
    return { address, width, height }
  }
}

/** Remote images: loaded when the user says so, kept for one opening, and never in the junk folder. */
export function remoteContentUseCases(
  context: Needs<
    'clock' | 'emit' | 'mime' | 'opened' | 'protection' | 'remote' | 'vault',
    'accounts' | 'mailboxes' | 'messages' | 'openpgp' | 'remoteSenders' | 'settings'
  >,
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
    'messages.allowRemote': async ({ messageId, scope, anyway }) => {
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
      if (!isAllowed) throw new SiegelError('not-permitted', { reason: always })
      if (store.settings.get().offline) throw new SiegelError('offline')
      if (scope === 'sender' && sender !== null) store.remoteSenders.add(sender, clock.now())

      const html = await mime.readHtml(parsed.html)
      const one = anyway === undefined ? undefined : html.pictures[anyway]
      if (anyway !== undefined && one?.verdict !== 'tracker')
        throw new SiegelError('not-found', { what: 'image' })
      const sources = one === undefined ? html.pictures.filter(isLoadable) : [one]
      const { loaded, failed } = await remote.images.load(
        { messageId, accountId: mailbox.accountId },
        sources.map(({ source }) => source),
      )
      const { blockedCount, alternativeCount, trackerCount, loadableCount } = html
      const wanted = html.pictures.filter(
        ({ source, verdict }) => verdict === 'tracker' && remote.images.indexOf(messageId, source) !== null,
      ).length
      const report = {
        loadedCount: loaded,
        failedCount: failed,
        pixelCount: html.pixelCount(source => imageOf(context, messageId, source)?.image ?? null),
        trackerCount: Math.max(0, trackerCount - wanted),
        otherCount: Math.max(0, blockedCount - alternativeCount - trackerCount - loadableCount),
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

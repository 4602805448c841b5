import { readFind } from '../../../shared/features/find/read-find'
import type { MessageId } from '../../../shared/kit/ids'
import { UsageError } from '../../kit/exit'
import {
  type Folders,
  loadFolders,
  messageJson,
  messageLine,
  oneId,
  person,
  requireMessages,
} from '../../kit/folders'
import { messagePassphraseOption, openWithPassphrase } from '../../kit/message-passphrase'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { printFound } from '../../kit/words/found-things'
import type { Output } from '../../kit/words/output'
import { attachedOption, showAttached } from './attached-message'
import { attachmentLine, shownLines } from './shown-message'

const pageSize = 500
/** As in the contract. */
const longestQuery = 1000

/** Summaries in the order of the ids, asked for in pages. */
async function summaries(session: Session, ids: readonly MessageId[]) {
  const all = []
  for (let at = 0; at < ids.length; at += pageSize) {
    all.push(...(await session.call('messages.summaries', { ids: ids.slice(at, at + pageSize) })))
  }
  return all
}

/** `total`: how many there are; what is left out is said, as a note beside the result. */
function printMessages(
  output: Output,
  rows: Awaited<ReturnType<typeof summaries>>,
  folders: Folders,
  total: number,
): void {
  if (total > rows.length) output.note(`${rows.length} of ${total} are listed; --limit ${total} lists all.`)
  output.result(
    rows.map(each => messageJson(each, folders)),
    () => rows.map(each => messageLine(each, folders)),
  )
}

/** What a folder is for, and whose it is where it is not one's own. */
const marks = ({ role, namespace }: Readonly<{ role: string; namespace: string }>): string =>
  [...(role === 'none' ? [] : [role]), ...(namespace === 'personal' ? [] : [namespace])]
    .map(mark => `  (${mark})`)
    .join('')

export const readVerbs: readonly Verb[] = [
  {
    name: 'folders',
    usage: 'folders',
    about: 'List folders with their counts',
    options: {},
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const folders = await loadFolders(session)
        const value = folders.mailboxes.map(each => ({
          folder: folders.nameOf(each),
          id: each.id,
          role: each.role,
          namespace: each.namespace,
          total: each.total,
          unread: each.unread,
          selectable: each.selectable,
          bodiesMissing: each.bodiesMissing,
          window: each.window,
          lastSynced: each.lastSyncedAtMs === null ? null : new Date(each.lastSyncedAtMs).toISOString(),
        }))
        output.result(value, () =>
          value.map(
            each =>
              `${String(each.unread).padStart(6)} / ${String(each.total).padEnd(7)} ${each.folder}${marks(each)}`,
          ),
        )
      })
    },
  },
  {
    name: 'list',
    usage: 'list FOLDER [--limit n] [--unread]',
    about: 'List messages of a folder, newest first',
    options: { limit: { type: 'string' }, unread: { type: 'boolean' } },
    positionals: [1, 1],
    async run(options, output) {
      const limit = options.count('limit', 50, 1_000_000)
      await withSession(options, async session => {
        const folders = await loadFolders(session)
        const mailbox = folders.find(options.positionals[0] ?? '')
        const { ids } = await session.call('messages.index', {
          mailboxId: mailbox.id,
          role: null,
          unreadOnly: options.flag('unread'),
          flaggedOnly: false,
        })
        printMessages(output, await summaries(session, ids.slice(0, limit)), folders, ids.length)
      })
    },
  },
  {
    name: 'search',
    usage: 'search QUERY [--limit n] [--folder FOLDER] [--finish-index]',
    about:
      'Full-text search on this machine: words, "phrases", pieces of words (*end, *middle*), -without, from: to: cc: bcc: recipient: with: subject: body: filename: has:attachment is:unread before: after: on:, in:mail|calendar|contacts|todos|chat, when:. After an update that changes how letters are compared the index is renewed in the background; --finish-index does it first',
    options: { limit: { type: 'string' }, folder: { type: 'string' }, 'finish-index': { type: 'boolean' } },
    positionals: [1, 500],
    takesDashedWords: true,
    async run(options, output) {
      const limit = options.count('limit', 50, 5000)
      const text = options.positionals.join(' ')
      if (text.length > longestQuery)
        throw new UsageError(`A query has at most ${longestQuery} characters; this one has ${text.length}`)
      await withSession(options, async session => {
        const zone = new Intl.DateTimeFormat().resolvedOptions().timeZone
        const findOthers = () => session.call('find.query', { text, zone, limit: Math.min(limit, 1000) })
        // Only other places were named: in:calendar, in:contacts, in:todos, in:chat.
        if (readFind(text, '2000-01-01').mail === null) {
          printFound(output, await findOthers())
          return
        }
        const folders = await loadFolders(session)
        const folder = options.text('folder')
        if (options.flag('finish-index')) while ((await session.call('search.renew', {})) !== null);
        const found = await session.call('search.query', {
          text,
          mailboxId: folder === undefined ? null : folders.find(folder).id,
          limit,
        })
        if (found.isCut)
          output.note('So many words contain that piece that only the 400 shortest of them were searched.')
        if (found.leftOut > 0)
          output.note(`The first 40 words were searched for; ${found.leftOut} more were left out.`)
        if (found.renewing)
          output.note(
            `The search index is being renewed: ${found.renewing.done} of ${found.renewing.total} messages; --finish-index does the rest first.`,
          )
        printMessages(output, await summaries(session, found.ids), folders, found.total)
        const others = await findOthers()
        const count =
          others.events.length + others.contacts.length + others.todos.length + others.chats.length
        if (count > 0)
          output.note(
            `Beside mail: ${others.events.length} events, ${others.contacts.length} contacts, ${others.todos.length} to-dos, ${others.chats.length} in chat; "find" lists them.`,
          )
      })
    },
  },
  {
    name: 'show',
    usage:
      'show ID [--attached PART[/PART…]] [--message-passphrase-file F] [--raw|--text|--html [--load-remote] [--load-image N] [--even-decrypted]|--headers]',
    about:
      'Show a message: summary and text, or one form of it. --html is sanitised, --raw is every byte; --load-remote fetches its images once and embeds them, never trackers; --load-image fetches one that looks like a tracker, by its number in the summary; a decrypted message wants --even-decrypted as well, because an image can carry its text away. Encrypted messages are decrypted when a key is there, those under a passphrase with --message-passphrase-file; --raw and --headers are as the server has them. --attached shows a message that came in it as a file, by itself; it loads nothing',
    options: {
      raw: { type: 'boolean' },
      text: { type: 'boolean' },
      html: { type: 'boolean' },
      'load-remote': { type: 'boolean' },
      'load-image': { type: 'string' },
      'even-decrypted': { type: 'boolean' },
      headers: { type: 'boolean' },
      attached: { type: 'string' },
      ...messagePassphraseOption,
    },
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      const loadsRemote = options.flag('load-remote')
      const scope = options.flag('even-decrypted') ? 'once-decrypted' : 'once'
      if (loadsRemote && !options.flag('html')) throw new UsageError('--load-remote goes with --html')
      const image = options.text('load-image')
      if (image !== undefined && !options.flag('html')) throw new UsageError('--load-image goes with --html')
      if (image !== undefined && !/^\d{1,6}$/.test(image))
        throw new UsageError('--load-image wants the number of an image, as show lists them')
      const attached = attachedOption(options)
      if (
        attached.length > 0 &&
        (loadsRemote || image !== undefined || options.flag('raw') || options.flag('headers'))
      )
        throw new UsageError('--attached goes with --text, --html or neither')
      await withSession(options, async session => {
        await openWithPassphrase(session, options, messageId, attached)
        if (attached.length > 0) {
          const form = options.flag('html') ? 'html' : options.flag('text') ? 'text' : 'all'
          await showAttached(session, output, { messageId, attached }, form)
          return
        }
        if (options.flag('raw') || options.flag('headers')) {
          const { bytes } = await session.call('messages.raw', { messageId })
          if (options.flag('headers')) {
            const headers = decoded(headerOf(bytes))
            output.result({ headers }, () => headers.trimEnd().split(/\r?\n/))
          } else if (output.json) output.result({ raw: Buffer.from(bytes).toString('base64') }, () => [])
          else await output.bytes(bytes)
          return
        }
        if (options.flag('html')) {
          const all = loadsRemote ? await session.call('messages.allowRemote', { messageId, scope }) : null
          const remote =
            image === undefined
              ? all
              : await session.call('messages.allowRemote', { messageId, scope, anyway: Number(image) })
          const body = await session.call('messages.html', { messageId, embedImages: true })
          output.result(remote ? { ...body, remote } : body, () => [body.html])
          return
        }
        const folders = await loadFolders(session)
        let detail = await session.call('messages.get', { messageId })
        if (detail.text === null) {
          await session.call('messages.download', { messageId })
          detail = await session.call('messages.get', { messageId })
        }
        if (options.flag('text')) {
          output.result({ text: detail.text }, () => [detail.text ?? ''])
          return
        }
        const head = messageJson(detail.summary, folders)
        const value = {
          ...head,
          to: detail.to.map(person),
          peopleAreCut: detail.peopleAreCut,
          cc: detail.cc,
          bcc: detail.bcc,
          replyTo: detail.replyTo,
          listId: detail.listId,
          text: detail.text,
          hasHtml: detail.hasHtml,
          blockedRemoteCount: detail.blockedRemoteCount,
          trackerCount: detail.trackerCount,
          attachments: detail.attachments,
          security: detail.security,
          outside: detail.outside,
          warnings: detail.warnings,
          doubtfulImages: detail.remote?.doubtful ?? [],
        }
        output.result(value, () => [
          `From:    ${head.from}`,
          `To:      ${detail.to.map(person).join(', ')}`,
          ...(detail.cc.length > 0 ? [`Cc:      ${detail.cc.map(person).join(', ')}`] : []),
          ...(detail.bcc.length > 0 ? [`Bcc:     ${detail.bcc.map(person).join(', ')}`] : []),
          ...(detail.replyTo.length > 0 ? [`Reply:   ${detail.replyTo.map(person).join(', ')}`] : []),
          ...(detail.peopleAreCut ? ['         (and more; --headers shows all)'] : []),
          `Date:    ${head.date}`,
          `Subject: ${head.subject}`,
          ...(detail.remote?.doubtful ?? []).map(
            ({ index, host, name }) =>
              `Image ${index}: looks like a tracker (${host}${name && ` … ${name}`})`,
          ),
          ...shownLines(detail),
        ])
      })
    },
  },
  {
    name: 'thread',
    usage: 'thread ID',
    about: 'List the conversation of a message, oldest first; of a very long one those nearest to it',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      await withSession(options, async session => {
        await requireMessages(session, [messageId])
        const rows = await session.call('messages.thread', { messageId })
        printMessages(output, rows, await loadFolders(session), rows.length)
      })
    },
  },
  {
    name: 'source',
    usage: 'source ID',
    about:
      'Show a message as it came, as text; of a very long one the beginning. "show --raw" has every byte',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      const source = await withSession(options, async session => {
        await requireMessages(session, [messageId])
        return session.call('messages.source', { messageId })
      })
      if (source.truncated)
        output.note(`Only the beginning of ${source.sizeBytes} bytes; "show ${messageId} --raw" has all.`)
      output.result(source, () => source.text.split(/\r?\n/))
    },
  },
  {
    name: 'addresses',
    usage: 'addresses BEGINNING',
    about:
      'Contacts and groups, and people you wrote to or who wrote to you, whose name or address begins like this',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const prefix = options.positionals[0] ?? ''
      const found = await withSession(options, session => session.call('addresses.suggest', { prefix }))
      output.result(found, () =>
        found.map(each =>
          each.members === undefined ? person(each) : `${each.name}  (${each.members.length} people)`,
        ),
      )
    },
  },
  {
    name: 'attachments',
    usage:
      'attachments ID [--attached PART[/PART…]] [--part PART] [--message-passphrase-file F] [--save DIR]',
    about:
      'List attachments, or save them (one with --part) under cleaned names; nothing is overwritten. --attached: those of a message that came in it as a file',
    options: {
      save: { type: 'string' },
      attached: { type: 'string' },
      part: { type: 'string' },
      ...messagePassphraseOption,
    },
    positionals: [1, 1],
    async run(options, output) {
      const messageId = oneId(options.positionals)
      const attached = attachedOption(options)
      await withSession(options, async session => {
        await openWithPassphrase(session, options, messageId, attached)
        const directory = options.text('save')
        if (directory !== undefined) {
          const { saved } = await session.call('attachments.save', {
            messageId,
            attached,
            partId: options.text('part') ?? null,
            directory,
          })
          output.result({ saved }, () => saved)
          return
        }
        const { attachments } =
          attached.length === 0
            ? await session.call('messages.get', { messageId })
            : await session.call('messages.attached', { messageId, attached })
        output.result(attachments, () => attachments.map(attachmentLine))
      })
    },
  },
]

/** The header block with the empty line that ends it; everything where no line is empty. */
function headerOf(raw: Uint8Array): Uint8Array {
  const text = Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength)
  const crlf = text.indexOf('\r\n\r\n')
  const lf = text.indexOf('\n\n')
  const ends = [crlf < 0 ? raw.length : crlf + 4, lf < 0 ? raw.length : lf + 2]
  return raw.subarray(0, Math.min(...ends))
}

/** UTF-8 where it is that (RFC 6532), otherwise byte by byte; --raw gives the bytes themselves. */
function decoded(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return Buffer.from(bytes).toString('latin1')
  }
}

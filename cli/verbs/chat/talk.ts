import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { chatMessageId, spoilerHintCharacters } from '../../../shared/features/chat/model'
import { UsageError } from '../../kit/exit'
import { withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { accountOption, addressOf, chatAccountOf, conversationOf } from './naming'
import { conversationJson, conversationLine, messageJson, messageLine } from './printing'

const idOf = (text: string | undefined) => {
  const id = chatMessageId.safeParse(Number(text))
  if (!id.success) throw new UsageError('name the number of a message, as "chat history" prints it')
  return id.data
}

const inClear = (clear: boolean, yes: boolean): boolean => {
  if (clear && !yes)
    throw new UsageError('--clear sends so that every server on the way can read it: add --yes to say so')
  return clear
}

/** Reading and writing. */
export const talk: readonly Verb[] = [
  {
    name: 'chat list',
    usage: 'chat list [--requests]',
    about: 'List conversations, or with --requests those of people who are unknown',
    options: { requests: { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      const which = options.flag('requests') ? 'requests' : 'conversations'
      const found = await withSession(options, session => session.call('chat.conversations', { which }))
      output.result(found.conversations.map(conversationJson), () =>
        found.conversations.map(conversationLine),
      )
      if (which === 'conversations' && found.requests > 0)
        output.note(`${found.requests} more of people who are unknown: see --requests.`)
      if (found.isCut) output.note('There are more than can be told at once.')
    },
  },
  {
    name: 'chat send',
    usage: 'chat send JID [TEXT…] [--attach F]… [--reply ID] [--spoiler HINT] [--clear --yes] [--account A]',
    about:
      'Write a message. It is encrypted where the conversation is; --clear --yes sends this one so that servers can read it',
    options: {
      ...accountOption,
      attach: { type: 'string', multiple: true },
      reply: { type: 'string' },
      spoiler: { type: 'string' },
      clear: { type: 'boolean' },
      yes: { type: 'boolean' },
    },
    positionals: [1, 10_000],
    async run(options, output) {
      const [to, ...words] = options.positionals
      const paths = options.texts('attach').map(each => resolve(each))
      if (words.length === 0 && paths.length === 0) throw new UsageError('a text or --attach is missing')
      const isClear = inClear(options.flag('clear'), options.flag('yes'))
      const reply = options.text('reply')
      const spoiler = options.text('spoiler')
      if (spoiler !== undefined && spoiler.length > spoilerHintCharacters)
        throw new UsageError(`--spoiler has at most ${spoilerHintCharacters} characters`)
      const done = await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { accountId } = account
        const { conversationId } = await session.call('chat.open', { accountId, address: addressOf(to) })
        const files =
          paths.length === 0
            ? []
            : (await session.call('chat.sendFiles', { conversationId, paths, inClear: isClear })).sent
        const text = words.join(' ')
        const written =
          text === ''
            ? files.at(-1)
            : await session.call('chat.send', {
                ...{ conversationId, text, inClear: isClear },
                ...(spoiler === undefined ? {} : { spoiler }),
                replyTo: reply === undefined ? null : idOf(reply),
              })
        if (written === undefined) throw new UsageError('a text or --attach is missing')
        const { id } = written
        let problem: string | null = null
        try {
          await session.call('chat.sync', { accountId })
        } catch (error) {
          // It is on the disk, and leaves with the next "chat sync".
          problem = error instanceof Error && 'code' in error ? String(error.code) : 'internal'
        }
        const { message } = await session.call('chat.message', { id })
        const { hold } = await session.call('chat.conversation', { conversationId })
        return { message, hold, problem }
      })
      const { message, hold, problem } = done
      // Somebody has to do something; what waits for the connection goes by itself.
      if (message.state === 'failed' || message.waits === 'decision') process.exitCode = 1
      output.result({ ...messageJson(message), hold, problem }, () => [
        message.state === 'failed'
          ? `Not sent: ${message.failure?.cause ?? ''} ${message.failure?.detail ?? ''}`.trim()
          : message.waits === null
            ? 'Sent.'
            : message.waits === 'decision'
              ? `Not sent: it waits for a decision (${hold ?? 'keys'}). See "chat devices", "chat trust" and --clear --yes.`
              : `It waits for the connection${problem === null ? '' : ` (${problem})`}, and leaves with "chat sync".`,
      ])
    },
  },
  {
    name: 'chat history',
    usage: 'chat history JID [--limit N] [--before ID] [--account A]',
    about: 'Print the last messages of a conversation, the oldest first',
    options: { ...accountOption, limit: { type: 'string' }, before: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const limit = options.count('limit', 50, 500)
      const before = options.text('before')
      const rows = await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await conversationOf(session, account, addressOf(options.positionals[0]))
        const anchor =
          before === undefined ? ({ at: 'end' } as const) : ({ at: 'before', id: idOf(before) } as const)
        return (await session.call('chat.messages', { conversationId: id, anchor, limit })).rows
      })
      const messages = rows.flatMap(row => (row.kind === 'message' ? [row] : []))
      output.result(messages.map(messageJson), () =>
        rows.flatMap(row => {
          if (row.kind === 'message') return [messageLine(row)]
          if (row.kind === 'hole') return ['        … messages are missing here: the server has them no more']
          return row.about === 'start' ? [] : [`        … ${row.about} ${row.name}`.trimEnd()]
        }),
      )
    },
  },
  {
    name: 'chat export',
    usage: 'chat export JID FILE [--encrypt] [--account A]',
    about:
      'Write the history of a conversation into a new file, a line of JSON a message; with --encrypt as an OpenPGP message for your own keys, which "gpg --decrypt" opens. Siegel does not read it back: that is what "backup" is for',
    options: { ...accountOption, encrypt: { type: 'boolean' } },
    positionals: [2, 2],
    async run(options, output) {
      const path = resolve(options.positionals[1] ?? '')
      const { exported } = await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id } = await conversationOf(session, account, addressOf(options.positionals[0]))
        const isEncrypted = options.flag('encrypt')
        return session.call('chat.export', { conversationId: id, path, isEncrypted })
      })
      output.result({ exported, path }, () => [`Exported ${exported} messages to ${path}.`])
    },
  },
  {
    name: 'chat file',
    usage: 'chat file ID --save F [--index N]',
    about: 'Fetch the file of a message, check and decrypt it, and save it',
    options: { save: { type: 'string' }, index: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      const path = resolve(options.required('save'))
      const index = options.count('index', 0, 100, 0)
      const { fileName, contentType, bytes } = await withSession(options, session =>
        session.call('chat.fetchFile', { id: idOf(options.positionals[0]), index }),
      )
      await writeFile(path, bytes, { flag: 'wx', mode: 0o600 })
      output.result({ fileName, contentType, sizeBytes: bytes.byteLength, path }, () => [`Saved as ${path}.`])
    },
  },
  {
    name: 'chat show',
    usage: 'chat show ID',
    about: 'Show one message with the texts that it had before',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const found = await withSession(options, session =>
        session.call('chat.message', { id: idOf(options.positionals[0]) }),
      )
      const earlier = found.earlier.map(({ text, atMs }) => ({ text, time: new Date(atMs).toISOString() }))
      output.result({ ...messageJson(found.message), earlier }, () => [
        messageLine(found.message),
        ...earlier.map(({ text, time }) => `  before, ${time.slice(0, 16)}: ${text}`),
      ])
    },
  },
  {
    name: 'chat search',
    usage: 'chat search WORD… [--limit N]',
    about: 'Find messages in which every word begins a word, newest first',
    options: { limit: { type: 'string' } },
    positionals: [1, 100],
    async run(options, output) {
      const limit = options.count('limit', 50, 1000)
      const found = await withSession(options, session =>
        session.call('chat.search', { text: options.positionals.join(' '), conversationId: null, limit }),
      )
      output.result(found.messages.map(messageJson), () => found.messages.map(messageLine))
      if (found.isCut) output.note('There are more: narrow the search, or use --limit.')
    },
  },
  {
    name: 'chat correct',
    usage: 'chat correct ID TEXT… [--clear --yes]',
    about: 'Give an own message another text',
    options: { clear: { type: 'boolean' }, yes: { type: 'boolean' } },
    positionals: [2, 10_000],
    async run(options, output) {
      const [id, ...words] = options.positionals
      const isClear = inClear(options.flag('clear'), options.flag('yes'))
      await withSession(options, async session => {
        await session.call('chat.correct', { id: idOf(id), text: words.join(' '), inClear: isClear })
        await session.call('chat.sync', { accountId: null })
      })
      output.result({}, () => ['Corrected.'])
    },
  },
  {
    name: 'chat retract',
    usage: 'chat retract ID [--reason T]',
    about: 'Ask everybody to forget an own message, or as a moderator of a room somebody else’s',
    options: { reason: { type: 'string' } },
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const id = idOf(options.positionals[0])
        await session.call('chat.retract', { id, reason: options.text('reason') ?? '' })
        await session.call('chat.sync', { accountId: null })
      })
      output.result({}, () => ['They were asked to forget it; whoever read it has read it.'])
    },
  },
  {
    name: 'chat react',
    usage: 'chat react ID [EMOJI…]',
    about: 'React to a message; without an emoji the own reactions go',
    options: {},
    positionals: [1, 21],
    async run(options, output) {
      const [id, ...emoji] = options.positionals
      await withSession(options, async session => {
        await session.call('chat.react', { id: idOf(id), emoji })
        await session.call('chat.sync', { accountId: null })
      })
      output.result({}, () => ['Done.'])
    },
  },
  {
    name: 'chat retry',
    usage: 'chat retry ID',
    about: 'Try once more to send what failed',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      const id = idOf(options.positionals[0])
      const { message } = await withSession(options, async session => {
        await session.call('chat.retry', { id })
        await session.call('chat.sync', { accountId: null })
        return session.call('chat.message', { id })
      })
      output.result(messageJson(message), () => [messageLine(message)])
    },
  },
  {
    name: 'chat discard',
    usage: 'chat discard ID',
    about: 'Take what failed, or still waits, out of its conversation; it was never sent',
    options: {},
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, session =>
        session.call('chat.discard', { id: idOf(options.positionals[0]) }),
      )
      output.result({}, () => ['It is gone, and was not sent.'])
    },
  },
  {
    name: 'chat read',
    usage: 'chat read JID [--account A]',
    about: 'Say of a conversation that all of it was read',
    options: accountOption,
    positionals: [1, 1],
    async run(options, output) {
      await withSession(options, async session => {
        const account = await chatAccountOf(session, options)
        const { id, last } = await conversationOf(session, account, addressOf(options.positionals[0]))
        if (last !== null) await session.call('chat.seen', { conversationId: id, upTo: last.id })
      })
      output.result({}, () => ['Read.'])
    },
  },
  {
    name: 'chat sync',
    usage: 'chat sync [--account A]',
    about: 'Fetch what came in chat, and send what waits',
    options: accountOption,
    positionals: [0, 0],
    async run(options, output) {
      const { accounts, names } = await withSession(options, async session => {
        const one = options.text('account') === undefined ? null : await chatAccountOf(session, options)
        const done = await session.call('chat.sync', { accountId: one?.accountId ?? null })
        const all = await session.call('chat.accounts', {})
        return {
          accounts: done.accounts,
          names: new Map(all.accounts.map(each => [each.accountId, each.address])),
        }
      })
      const told = accounts.map(({ accountId, ...rest }) => ({
        account: names.get(accountId) ?? '',
        ...rest,
      }))
      output.result(told, () =>
        told.map(each =>
          each.problem === null
            ? `${each.account}: ${each.received} received, ${each.sent} sent, ${each.waiting} waiting`
            : `${each.account}: ${each.problem}`,
        ),
      )
    },
  },
  {
    name: 'chat watch',
    usage: 'chat watch [--account A]',
    about:
      'Stay connected and print each message as it comes, with --json one object a line, until interrupted',
    options: accountOption,
    positionals: [0, 0],
    async run(options, output) {
      await withSession(
        options,
        async session => {
          const wanted = options.text('account') === undefined ? null : await chatAccountOf(session, options)
          const told = new Set<number>()
          const ids = new Map<number, number>()
          let turn = Promise.resolve()
          /** Everything that is newer than what was printed of each conversation. */
          const look = async (isFirst: boolean): Promise<void> => {
            for (const which of ['conversations', 'requests'] as const)
              for (const each of (await session.call('chat.conversations', { which })).conversations) {
                if (wanted !== null && each.accountId !== wanted.accountId) continue
                if (each.last === null || (isFirst && !ids.has(each.id))) {
                  ids.set(each.id, each.last?.id ?? 0)
                  continue
                }
                const page = await session.call('chat.messages', {
                  ...{ conversationId: each.id, anchor: { at: 'end' }, limit: 200 },
                })
                const before = ids.get(each.id) ?? 0
                for (const row of page.rows) {
                  if (row.kind !== 'message' || row.id <= before || told.has(row.id)) continue
                  told.add(row.id)
                  output.result({ address: each.address, ...messageJson(row) }, () => [messageLine(row)])
                }
                ids.set(
                  each.id,
                  Math.max(before, ...page.rows.map(row => (row.kind === 'message' ? row.id : 0))),
                )
              }
          }
          await look(true)
          session.onEvent((name, payload) => {
            if (name !== 'changed' || !('entity' in payload) || payload.entity !== 'chat') return
            turn = turn.then(() => look(false)).catch(() => undefined)
          })
          await new Promise<void>(resolve => {
            process.once('SIGINT', resolve)
            process.once('SIGTERM', resolve)
          })
          await turn
        },
        { background: true },
      )
    },
  },
]

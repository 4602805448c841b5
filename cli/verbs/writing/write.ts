import { isSwitchedOff, mailServiceOf } from '../../../shared/features/accounts/services'
import type { Draft, DraftContent, OutboxItem } from '../../../shared/features/writing/model'
import { asError, asErrorCode, SiegelError } from '../../../shared/kit/result'
import { parseAddresses, withGroups } from '../../kit/addresses'
import type { Arguments, OptionSpec } from '../../kit/arguments'
import { UsageError } from '../../kit/exit'
import { type Folders, loadFolders, oneId } from '../../kit/folders'
import { messagePassphraseOption, openWithPassphrase } from '../../kit/message-passphrase'
import { readTextFile } from '../../kit/read-text-file'
import { type Session, withSession } from '../../kit/session'
import type { Verb } from '../../kit/verb'
import { stageWords } from '../../kit/words/error-words'
import { taskLine } from '../../kit/words/task-words'
import { explanationLines } from './explanation-lines'
import { agreedPassphrase, chosenProtection, protectionOptions } from './protection-options'
import { withSwitchedOff } from './switched-off'

const writeOptions = {
  from: { type: 'string' },
  to: { type: 'string', multiple: true },
  cc: { type: 'string', multiple: true },
  bcc: { type: 'string', multiple: true },
  subject: { type: 'string' },
  'text-file': { type: 'string' },
  'html-file': { type: 'string' },
  attach: { type: 'string', multiple: true },
  'reply-to-message': { type: 'string' },
  'reply-all': { type: 'boolean' },
  'reply-list': { type: 'boolean' },
  'agree-to': { type: 'string', multiple: true },
  ...messagePassphraseOption,
  'clean-names': { type: 'boolean' },
  'keep-image-metadata': { type: 'boolean' },
  'require-tls': { type: 'boolean' },
  'secure-alias': { type: 'boolean' },
  ...protectionOptions,
  'dry-run': { type: 'boolean' },
} as const satisfies OptionSpec

const textFile = async (path: string | undefined): Promise<string | null> =>
  path === undefined ? null : readTextFile(path)

/** Makes a stored draft of the options; an answer starts from the original's people, subject and thread. */
async function writeDraft(session: Session, folders: Folders, options: Arguments) {
  const from = options.text('from')
  const accountId = from === undefined ? null : folders.account(parseAddresses([from])[0]?.address ?? from).id
  const replyTo = options.text('reply-to-message')
  if (replyTo !== undefined) await openWithPassphrase(session, options, oneId([replyTo]))
  const draft = await session.call('drafts.create', {
    mode: answerMode(options, replyTo),
    messageId: replyTo === undefined ? null : oneId([replyTo]),
    accountId,
  })
  try {
    return await fillDraft(session, draft, options)
  } catch (error) {
    // Nothing was accepted, and the text is in the caller's files: half a draft would only be found later by surprise.
    await session.call('drafts.discard', { draftId: draft.id })
    throw error
  }
}

function answerMode(options: Arguments, replyTo: string | undefined) {
  const [all, list] = [options.flag('reply-all'), options.flag('reply-list')]
  if (all && list) throw new UsageError('--reply-all and --reply-list exclude each other')
  if (replyTo === undefined) {
    if (all || list) throw new UsageError('--reply-all and --reply-list belong to --reply-to-message')
    if (options.text('message-passphrase-file') !== undefined)
      throw new UsageError('--message-passphrase-file belongs to --reply-to-message')
    return 'new'
  }
  return all ? 'reply-all' : list ? 'reply-list' : 'reply'
}

async function fillDraft(session: Session, draft: Draft, options: Arguments) {
  const text = await textFile(options.text('text-file'))
  const people = async (name: 'to' | 'cc' | 'bcc') =>
    options.texts(name).length > 0
      ? withGroups(session, parseAddresses(options.texts(name)))
      : draft.content[name]
  const [to, cc, bcc] = [await people('to'), await people('cc'), await people('bcc')]
  const content: DraftContent = {
    ...draft.content,
    to,
    cc,
    bcc,
    subject: options.text('subject') ?? draft.content.subject,
    text: text ?? draft.content.text,
    html: await textFile(options.text('html-file')),
    // An answer may have the alias from its original already.
    ...(options.flag('require-tls') ? { requireTls: true } : {}),
    ...(options.flag('secure-alias') ? { secureAlias: true } : {}),
    protection: chosenProtection(options, draft.content.protection),
    // Whom the caller names in so many words is agreed to as well.
    agreedTo: [
      ...parseAddresses([...options.texts('agree-to')]),
      ...(['to', 'cc', 'bcc'] as const).flatMap(name =>
        options.texts(name).length > 0 ? { to, cc, bcc }[name] : [],
      ),
    ].map(({ address }) => address.toLowerCase()),
  }
  const saved = await session.call('drafts.save', {
    draftId: draft.id,
    content,
    revision: draft.revision,
    as: 'kept',
  })
  const paths = [...options.texts('attach')]
  if (paths.length > 0) await session.call('drafts.addAttachmentFiles', { draftId: saved.id, paths })
  const all = { draftId: saved.id, attachmentId: null }
  if (options.flag('clean-names'))
    await session.call('drafts.renameAttachments', { ...all, name: { kind: 'neutral' } })
  if (options.flag('keep-image-metadata')) await session.call('drafts.keepTraces', { ...all, keep: true })
  return saved.id
}

/** Why an outbox message is not out, with the server it was meant for. */
async function sendFailure(session: Session, item: OutboxItem): Promise<SiegelError> {
  const account = (await session.call('accounts.list', {})).find(each => each.id === item.accountId)
  if (item.problem === null && item.state === 'queued') {
    // It was not tried: nothing went wrong, and something keeps it here.
    if (account && isSwitchedOff(account, 'mail'))
      return new SiegelError('service-off', { name: account.config.address, service: 'mail' })
    if ((await session.call('settings.get', {})).offline) return new SiegelError('offline')
  }
  const server = mailServiceOf(account)?.smtp
  const { code = 'internal', detail = '', stage } = item.problem ?? {}
  return asError({
    code: asErrorCode(code),
    params: {
      detail: stage === undefined ? detail : `${detail}, ${stageWords[stage]}`,
      ...(stage === undefined ? {} : { stage }),
      ...(server ? { host: server.host, port: server.port } : {}),
    },
  })
}

/** Code, the server's words and where it said them; empty when nothing went wrong. */
function problemLine({ problem }: OutboxItem): string {
  if (problem === null) return ''
  const where = problem.stage === undefined ? '' : ` (${stageWords[problem.stage]})`
  return `${problem.code}${where}: ${problem.detail.replaceAll('\n', '; ')}`
}

export const writeVerbs: readonly Verb[] = [
  {
    name: 'compose',
    usage:
      'compose --from --to --cc --bcc --subject --text-file [--html-file] [--attach F]… [--clean-names] [--keep-image-metadata] [--reply-to-message ID [--reply-all | --reply-list] [--agree-to ADDRESS]… [--message-passphrase-file F]] [--encrypt | --no-encrypt] [--sign] [--passphrase-attachment --secret-file F] [--require-tls] [--secure-alias] [--dry-run [--explain]]',
    about:
      'Write a draft; with --dry-run print the exact bytes and keep nothing, with --explain also who can read what',
    options: { ...writeOptions, explain: { type: 'boolean' } },
    positionals: [0, 0],
    async run(options, output) {
      const passphrase = await agreedPassphrase(options)
      await withSession(options, async session => {
        const draftId = await writeDraft(session, await loadFolders(session), options)
        if (!options.flag('dry-run')) {
          if (options.flag('explain')) output.note('--explain says something with --dry-run only.')
          output.result({ draftId }, () => [`Kept as draft ${draftId}.`])
          return
        }
        const explains = options.flag('explain')
        const look = async () => ({
          bytes: (await session.call('drafts.preview', { draftId, passphrase })).bytes,
          explained: explains ? await session.call('drafts.explain', { draftId, wait: true }) : null,
        })
        const { bytes, explained } = await look().finally(() => session.call('drafts.discard', { draftId }))
        if (output.json)
          output.result({ raw: Buffer.from(bytes).toString('base64'), ...(explained ?? {}) }, () => [])
        else {
          await output.bytes(bytes)
          if (explained) output.result(explained, () => explanationLines(explained))
        }
      })
    },
  },
  {
    name: 'send',
    usage: 'send (options as compose)',
    about:
      'Write and send; waits until the message is sent, failed, or its fate is unknown. --require-tls: only over transport protected to the end (REQUIRETLS), or not at all; --secure-alias: from the secure.mailbox.org address of the account',
    options: writeOptions,
    positionals: [0, 0],
    async run(options, output) {
      if (options.flag('dry-run')) throw new UsageError('--dry-run belongs to compose')
      const passphrase = await agreedPassphrase(options)
      await withSession(options, async session => {
        const draftId = await writeDraft(session, await loadFolders(session), options)
        const item = await session
          .call('outbox.send', { draftId, passphrase })
          .catch(async (error: unknown) => {
            const handedOver = (await session.call('outbox.list', {})).some(each => each.draftId === draftId)
            if (!handedOver) await session.call('drafts.discard', { draftId })
            throw error
          })
        if (item.state === 'unknown')
          throw new SiegelError('send-unknown', { detail: item.problem?.detail ?? '' })
        if (item.state !== 'sent') {
          const failure = await sendFailure(session, item)
          if (item.state === 'queued')
            output.note(
              `Kept in the outbox as ${item.id}; ${failure.code === 'service-off' ? 'it goes when mail of its account is switched on' : '"sync" tries it again'}.`,
            )
          throw failure
        }
        output.result(
          {
            state: item.state,
            outboxId: item.id,
            messageId: item.messageIdHeader,
            recipients: item.recipients,
          },
          () => [`Sent to ${item.recipients.join(', ')}.`],
        )
      })
    },
  },
  {
    name: 'outbox',
    usage: 'outbox [--retry ID | --discard ID | --resolve ID --as sent|send-again]',
    about:
      'List messages handed over for sending and their state; try a failed one again, throw it away, or settle an unknown one',
    options: {
      retry: { type: 'string' },
      discard: { type: 'string' },
      resolve: { type: 'string' },
      as: { type: 'string' },
    },
    positionals: [0, 0],
    async run(options, output) {
      await withSession(options, async session => {
        const retry = options.text('retry')
        const discard = options.text('discard')
        const resolve = options.text('resolve')
        const idOf = async (text: string) => {
          const item = (await session.call('outbox.list', {})).find(each => each.id === Number(text))
          if (!item) throw new SiegelError('not-found', { what: 'outbox message' })
          return item.id
        }
        if (retry !== undefined) await session.call('outbox.retry', { outboxId: await idOf(retry) })
        if (discard !== undefined) {
          const draft = await session.call('outbox.cancel', { outboxId: await idOf(discard) })
          if (draft) await session.call('drafts.discard', { draftId: draft.id })
        }
        if (resolve !== undefined) {
          const as = options.required('as')
          if (as !== 'sent' && as !== 'send-again') throw new UsageError('--as takes sent or send-again')
          await session.call('outbox.resolve', { outboxId: await idOf(resolve), as })
        }
        const items = await withSwitchedOff(session, await session.call('outbox.list', {}))
        output.result(items, () =>
          items.map(each =>
            `${String(each.id).padStart(5)}  ${each.state.padEnd(8)} ${each.recipients.join(', ')}  ${each.subject}  ${each.switchedOff ? 'switched off' : problemLine(each)}`.trimEnd(),
          ),
        )
      })
    },
  },
  {
    name: 'tasks',
    usage: 'tasks [--retry ID|all] [--discard ID|all]',
    about:
      'List changes that wait for the server, and refused ones with the reason; --retry lets the next sync try them again, --discard gives them up, and what the server has counts again',
    options: { retry: { type: 'string' }, discard: { type: 'string' } },
    positionals: [0, 0],
    async run(options, output) {
      const tasks = await withSession(options, async session => {
        const [retry, discard] = [options.text('retry'), options.text('discard')]
        const idsOf = async (text: string) => {
          const all = await session.call('tasks.list', {})
          // "all" are those that cannot go on by themselves.
          const found = all.filter(each =>
            text === 'all' ? each.state === 'failed' : each.id === Number(text),
          )
          if (found.length === 0 && text !== 'all') throw new SiegelError('not-found', { what: 'task' })
          return found.map(each => each.id)
        }
        if (retry !== undefined)
          for (const taskId of await idsOf(retry)) await session.call('tasks.retry', { taskId })
        if (discard !== undefined) {
          for (const taskId of (await idsOf(discard)).toReversed()) {
            // Giving up the making of a folder gives up what was to go into it.
            const isLeft = (await session.call('tasks.list', {})).some(each => each.id === taskId)
            if (isLeft) await session.call('tasks.discard', { taskId })
          }
        }
        return withSwitchedOff(session, await session.call('tasks.list', {}))
      })
      output.result(tasks, () =>
        tasks.map(each => `${taskLine(each)}${each.switchedOff ? ': switched off' : ''}`),
      )
    },
  },
]

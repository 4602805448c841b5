import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { EngineOptions } from '../../electron/engine/engine'
import type { AccountConfig, MailService } from '../../shared/features/accounts/model'
import type { MailboxSummary, MessageSummary } from '../../shared/features/mail/model'
import type { OutboxItem, TaskSummary } from '../../shared/features/writing/model'
import type { EventPayload } from '../../shared/ipc/contract'
import type { AccountId, MessageId, OutboxId } from '../../shared/kit/ids'
import { type ScriptedImapOptions, startScriptedImapServer } from '../wire/support/scripted-imap-server'
import { type ScriptedSmtpOptions, startScriptedSmtpServer } from '../wire/support/scripted-smtp-server'
import { openTestEngine, type TestEngine } from './engine-in-test'

type Options = Readonly<{
  background?: boolean
  imap?: ScriptedImapOptions
  smtp?: ScriptedSmtpOptions
  /** What of its mail service is not as usual. */
  mail?: Partial<MailService>
  tests?: EngineOptions['tests']
  /** Given at first; `alice-pw` is right. */
  password?: string
}>

export type EngineWithServers = Awaited<ReturnType<typeof openEngineWithServers>>

/** The whole engine with one account, alice@rig.test, between a scripted IMAP and a scripted SMTP server. */
export async function openEngineWithServers(options: Options = {}) {
  const imap = await startScriptedImapServer(options.imap)
  const smtp = await startScriptedSmtpServer(options.smtp)
  const folder = mkdtempSync(join(tmpdir(), 'siegel-servers-'))
  const notices: EventPayload<'notice'>[] = []
  const open = (background: boolean): Promise<TestEngine> =>
    openTestEngine(join(folder, 'profile'), {
      background,
      ...(options.tests ? { tests: options.tests } : {}),
      emit: (name, payload) => {
        if (name === 'notice') notices.push(payload as EventPayload<'notice'>)
      },
    })
  const config: AccountConfig = {
    address: 'alice@rig.test',
    displayName: 'Alice',
    services: {
      mail: {
        userName: 'alice@rig.test',
        imap: { host: 'localhost', port: imap.port, security: 'tls' },
        smtp: {
          host: 'localhost',
          port: smtp.port,
          security: options.smtp?.security === 'starttls' ? 'starttls' : 'tls',
        },
        caPem: `${imap.ca}\n${smtp.ca}`,
        ...options.mail,
      },
    },
  }
  let engine = await open(options.background ?? false)
  await engine.call('settings.set', { undoSendSeconds: 0, lookups: false })
  const { id: accountId } = await engine.call('accounts.add', {
    config,
    password: options.password ?? 'alice-pw',
  })

  const mailboxes = () => engine.call('mailboxes.list', {})
  const mailbox = async (path: string): Promise<MailboxSummary> => {
    const found = (await mailboxes()).find(each => each.path === path)
    if (!found) throw new Error(`no mailbox ${path}`)
    return found
  }
  const messages = async (path: string): Promise<readonly MessageSummary[]> => {
    const query = { mailboxId: (await mailbox(path)).id, role: null, unreadOnly: false, flaggedOnly: false }
    const { ids } = await engine.call('messages.index', query)
    return engine.call('messages.summaries', { ids: ids.slice(0, 500) })
  }
  return {
    imap,
    smtp,
    folder,
    config,
    accountId: accountId as AccountId,
    notices,
    call: ((name, input) => engine.call(name, input)) as TestEngine['call'],
    mailbox,
    messages,
    subjects: async (path: string) => (await messages(path)).map(each => each.subject).toSorted(),
    sync: () => engine.call('sync.run', { accountId: null, mailboxId: null }),
    tasks: (): Promise<TaskSummary[]> => engine.call('tasks.list', {}),
    outbox: (): Promise<OutboxItem[]> => engine.call('outbox.list', {}),
    async item(id: OutboxId): Promise<OutboxItem> {
      const found = (await engine.call('outbox.list', {})).find(each => each.id === id)
      if (!found) throw new Error('no such outbox row')
      return found
    },
    /** Writes a message to Bob and hands it over. */
    async send(subject = 'Hello', change: Record<string, unknown> = {}): Promise<OutboxItem> {
      const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId })
      const to = [{ name: 'Bob', address: 'bob@rig.test' }]
      const content = { ...draft.content, to, subject, text: 'A word.', ...change }
      await engine.call('drafts.save', { draftId: draft.id, content, revision: draft.revision })
      return engine.call('outbox.send', { draftId: draft.id, passphrase: null })
    },
    /** The message of that subject; it must be the only one. */
    async only(path: string, subject: string): Promise<MessageId> {
      const found = (await messages(path)).filter(each => each.subject === subject)
      if (found.length !== 1 || !found[0]) throw new Error(`${found.length} messages "${subject}" in ${path}`)
      return found[0].id
    },
    /** As after the end of the program. */
    async restart(background = options.background ?? false): Promise<void> {
      await engine.close()
      engine = await open(background)
    },
    async close(): Promise<void> {
      await engine.close()
      rmSync(folder, { recursive: true, force: true })
      await imap.stop()
      await smtp.stop()
    },
  }
}

import type { AccountSummary } from '../../shared/features/accounts/model'
import { hasMailServer, isLocal } from '../../shared/features/accounts/services'
import { noSecurity } from '../../shared/features/mail/message-security'
import type { MailboxRole, MailboxSummary } from '../../shared/features/mail/model'
import type { Draft, OutboxItem, TaskSummary } from '../../shared/features/writing/model'
import type { EventName, EventPayload } from '../../shared/ipc/contract'
import { type ChangedEntity, changeKinds } from '../../shared/ipc/stale/changes'
import type { AccountId, MailboxId, MessageId, ThreadId } from '../../shared/kit/ids'
import type { ErrorCode } from '../../shared/kit/result'
import type { AppStatus, Preferences, Settings, SyncStatus } from '../../shared/kit/status'
import { defaultSettings } from '../../shared/kit/status'
import { type DemoMessage, demoMessages, type FakeMessage } from './demo-messages'
import { me, people } from './demo-people'
import { syntheticMessages } from './synthetic-messages'

export type UndoStep = Readonly<{ undoId: number; count: number; revert: () => void }>

const hexId = (digit: string): string => digit.repeat(32)

/** The whole demo in memory. Handlers change it and say what changed, as the engine does. */
export class FakeWorld {
  readonly accounts: AccountSummary[] = []
  readonly mailboxes: MailboxSummary[] = []
  readonly messages = new Map<MessageId, FakeMessage>()
  readonly drafts = new Map<string, Draft>()
  readonly outbox: OutboxItem[] = []
  readonly tasks: TaskSummary[] = []
  readonly sync = new Map<AccountId, SyncStatus>()
  readonly undoSteps: UndoStep[] = []
  readonly failing: ReadonlyMap<string, ErrorCode>
  readonly slowMs: number
  status: AppStatus
  preferences: Preferences
  settings: Settings = { ...defaultSettings }
  #listeners = new Map<EventName, Set<(payload: never) => void>>()
  #nextId = 1
  #version = 0

  constructor(options: URLSearchParams) {
    this.failing = new Map(
      (options.get('fail') ?? '')
        .split(',')
        .filter(entry => entry.includes(':'))
        .map(entry => entry.split(':') as [string, ErrorCode]),
    )
    this.slowMs = Number(options.get('slow') ?? 0)
    this.preferences = {
      language: (options.get('lang') ?? 'system') as Preferences['language'],
      theme: (options.get('theme') ?? 'system') as Preferences['theme'],
      zoomPercent: 100,
      density: (options.get('density') ?? 'normal') as Preferences['density'],
      panes: { folders: 232, list: 380 },
    }
    const state = (options.get('state') ?? 'open') as AppStatus['state']
    this.status = {
      state,
      custody:
        state === 'no-profile' ? null : options.get('custody') === 'keychain' ? 'keychain' : 'passphrase',
      keychain: { state: 'available', backend: 'Secret Service (GNOME Keyring)', detail: '' },
      version: '0.1.0',
      runtime: { electron: '45.4.1', chrome: '146', official: false },
      platform: 'linux',
      problem:
        state === 'failed'
          ? { code: options.get('problem') ?? 'store-damaged', retryable: false, params: { file: 'mail.db' } }
          : null,
    }
    if (options.get('accounts') !== '0' && state !== 'no-profile') this.addDemoAccounts(options)
  }

  newId = (): number => this.#nextId++

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    const listeners = this.#listeners.get(name) ?? new Set()
    this.#listeners.set(name, listeners)
    listeners.add(listener as (payload: never) => void)
    return () => listeners.delete(listener as (payload: never) => void)
  }

  emit<N extends EventName>(name: N, payload: EventPayload<N>): void {
    for (const listener of this.#listeners.get(name) ?? [])
      (listener as (payload: EventPayload<N>) => void)(payload)
  }

  changed(entity: ChangedEntity, ids: (number | string)[] | null): void {
    // In every way: nobody counts what the demo asks.
    for (const kind of changeKinds[entity]) {
      this.#version += 1
      this.emit('changed', { entity, kind, ids, version: this.#version })
    }
  }

  /** Remembers how to take a change back; the answer of every undoable command. */
  undoable(count: number, revert: () => void): { undoId: number; messageCount: number } {
    const undoId = this.newId()
    this.undoSteps.push({ undoId, count, revert })
    return { undoId, messageCount: count }
  }

  mailboxOf(accountId: AccountId, role: MailboxRole): MailboxSummary | undefined {
    return this.mailboxes.find(mailbox => mailbox.accountId === accountId && mailbox.role === role)
  }

  addMailbox(
    accountId: AccountId,
    name: string,
    role: MailboxRole,
    parent: MailboxSummary | null = null,
  ): MailboxSummary {
    const mailbox: MailboxSummary = {
      id: this.newId() as MailboxId,
      accountId,
      path: parent === null ? name : `${parent.path}/${name}`,
      delimiter: '/',
      namespace: 'personal',
      name,
      parentId: parent?.id ?? null,
      role,
      selectable: true,
      total: 0,
      unread: 0,
      bodiesMissing: 0,
      window: { kind: 'all' },
      lastSyncedAtMs: Date.now() - 40_000,
    }
    this.mailboxes.push(mailbox)
    return mailbox
  }

  /** Counts again what the folder tree shows. */
  recount(): void {
    const counts = new Map<MailboxId, { total: number; unread: number }>()
    for (const { summary } of this.messages.values()) {
      const count = counts.get(summary.mailboxId) ?? { total: 0, unread: 0 }
      count.total += 1
      if (!summary.flags.includes('seen')) count.unread += 1
      counts.set(summary.mailboxId, count)
    }
    this.mailboxes.forEach((mailbox, at) => {
      this.mailboxes[at] = { ...mailbox, ...(counts.get(mailbox.id) ?? { total: 0, unread: 0 }) }
    })
  }

  addDemoAccounts(options: URLSearchParams = new URLSearchParams()): void {
    const account = this.addAccount(
      {
        address: me.address,
        displayName: me.name,
        services: {
          mail: {
            userName: me.address,
            imap: { host: 'imap.mailbox.example', port: 993, security: 'tls' },
            smtp: { host: 'smtp.mailbox.example', port: 465, security: 'tls' },
            caPem: null,
          },
        },
      },
      false,
    )
    const research = this.addMailbox(account.id, 'Recherche', 'none')
    this.addMailbox(account.id, 'Hafen', 'none', research)
    this.addMailbox(account.id, 'Quellen', 'none', research)
    this.addMailbox(account.id, 'Lists', 'none')
    this.addAccount({ address: 'local', displayName: '', services: {} }, false)
    if (options.get('empty') === null) for (const message of demoMessages) this.#addMessage(account, message)
    const rows = Number(options.get('rows') ?? 0)
    const inbox = this.mailboxOf(account.id, 'inbox')
    if (rows > 0 && inbox !== undefined)
      for (const message of syntheticMessages(rows, inbox, () => this.newId()))
        this.messages.set(message.summary.id, message)
    this.recount()
    this.#addState(account, options)
  }

  addAccount(config: AccountSummary['config'], sample: boolean): AccountSummary {
    const account: AccountSummary = {
      id: hexId(String(this.accounts.length + 1)) as AccountId,
      config,
      sample,
      signature: hasMailServer({ config }) ? 'Lena Brandt\nRedaktion Recherche' : '',
      order: this.accounts.length,
    }
    this.accounts.push(account)
    const roles = isLocal({ config })
      ? (['archive', 'trash'] as const)
      : (['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash'] as const)
    for (const role of roles) this.addMailbox(account.id, role, role)
    return account
  }

  #addState(account: AccountSummary, options: URLSearchParams): void {
    const problem = options.get('problem')
    this.sync.set(account.id, {
      accountId: account.id,
      service: 'mail',
      state:
        problem === null
          ? options.get('sync') === 'busy'
            ? 'syncing'
            : 'watching'
          : problem === 'offline'
            ? 'waiting'
            : 'error',
      mailboxId: null,
      phase: options.get('sync') === 'busy' ? 'bodies' : null,
      done: 1240,
      total: 5210,
      lastCheckedAtMs: Date.now() - 40_000,
      nextAttemptAtMs: problem === 'offline' ? Date.now() + 25_000 : null,
      problem:
        problem === null
          ? null
          : {
              code: problem,
              retryable: problem === 'offline',
              params: { host: 'imap.mailbox.example', port: 993 },
            },
    })
    if (options.get('outbox') === null) return
    const item = (state: OutboxItem['state'], subject: string, code: string | null): OutboxItem => ({
      id: this.newId() as OutboxItem['id'],
      accountId: account.id,
      draftId: null,
      messageIdHeader: 'demo@mailbox.example',
      subject,
      recipients: [people.hartmann.address],
      state,
      problem: code === null ? null : { code, detail: '550 5.1.1 No such user here' },
      attempts: 1,
      nextAttemptAtMs: null,
      queuedAtMs: Date.now() - 300_000,
      sentAtMs: null,
    })
    this.outbox.push(
      item('sending', 'Re: Akteneinsicht am Donnerstag', null),
      item('failed', 'Einladung zur Redaktionskonferenz', 'recipient-refused'),
      item('unknown', 'Zeitplan für Freitag', 'send-unknown'),
    )
    this.tasks.push({
      id: this.newId() as TaskSummary['id'],
      accountId: account.id,
      kind: 'move',
      state: 'failed',
      messageCount: 3,
      mailboxId: null,
      mailboxName: 'Archive/2025',
      createdAtMs: Date.now() - 90_000,
      attempts: 4,
      nextAttemptAtMs: null,
      waitsFor: null,
      problem: { code: 'mailbox-missing', detail: '' },
    })
  }

  #threads = new Map<string, ThreadId>()

  #addMessage(account: AccountSummary, demo: DemoMessage): void {
    const mailbox = this.mailboxOf(account.id, demo.role)
    if (mailbox === undefined) return
    const id = this.newId() as MessageId
    const threadKey = demo.thread ?? `single ${id}`
    const threadId = this.#threads.get(threadKey) ?? (this.newId() as ThreadId)
    this.#threads.set(threadKey, threadId)
    const attachments = (demo.attachments ?? []).map(attachment => ({
      ...attachment,
      inline: false,
      contentId: null,
    }))
    this.messages.set(id, {
      summary: {
        id,
        mailboxId: mailbox.id,
        accountId: account.id,
        threadId,
        messageIdHeader: `demo-${id}@example.org`,
        from: [demo.from],
        to: [...(demo.to ?? [me])],
        subject: demo.subject,
        dateMs: Date.now() - demo.minutesAgo * 60_000,
        flags: [...(demo.flags ?? [])],
        keywords: [],
        sizeBytes:
          4200 + demo.text.length * 2 + attachments.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
        hasAttachments: attachments.length > 0,
        snippet: demo.text.replaceAll(/\s+/g, ' ').slice(0, 200),
        bodyState: demo.bodyState ?? 'whole',
        pending: demo.pending ?? false,
        encrypted: (demo.security?.encryption ?? 'none') !== 'none',
        threadCount:
          demoMessages.filter(other => demo.thread !== undefined && other.thread === demo.thread).length || 1,
      },
      detail: {
        cc: [...(demo.cc ?? [])],
        bcc: [],
        to: [],
        peopleAreCut: false,
        answersToList: false,
        replyTo: [],
        listId: demo.listId ?? null,
        unsubscribe: demo.listId ? { kind: 'one-click', host: 'lists.example.org', way: 'tor' } : null,
        text: demo.bodyState === 'header' ? null : demo.text,
        hasHtml: demo.html !== undefined,
        blockedRemoteCount: demo.blockedRemoteCount ?? 0,
        attachedKeys: [],
        trackerCount: demo.trackerCount ?? 0,
        remote:
          demo.html === undefined
            ? null
            : {
                sender: demo.from.address,
                imageCount: (demo.blockedRemoteCount ?? 0) - (demo.trackerCount ?? 0),
                tellingCount: 0,
                doubtfulCount: demo.trackerCount ?? 0,
                doubtful: Array.from({ length: demo.trackerCount ?? 0 }, (_, index) => ({
                  index,
                  host: 'counts.example.net',
                  name: '',
                })),
                always: demo.role === 'junk' ? 'junk' : 'offered',
                report: null,
              },
        attachments,
        security: { ...noSecurity, ...demo.security },
        outside: demo.outside ?? null,
        warnings: [...(demo.warnings ?? [])],
      },
      html: demo.html ?? null,
    })
  }
}

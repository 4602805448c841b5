import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openStore } from '../../electron/engine/compose/open-store'
import { inboxForm } from '../../electron/engine/features/inbox-encryption/form/inbox-form'
import { InboxEncryption } from '../../electron/engine/features/inbox-encryption/sync/inbox-encryption'
import { createImapBackend } from '../../electron/engine/features/mail/imap/imap-backend'
import { createSyncEngine, type SyncEngine } from '../../electron/engine/features/mail/sync/sync-engine'
import { mime } from '../../electron/engine/formats/mime/mime'
import { StatusBoard } from '../../electron/engine/kit/status-board'
import { createEgressPolicy } from '../../electron/engine/net/egress-policy'
import { createGate } from '../../electron/engine/net/gate'
import type { Log } from '../../electron/engine/ports/basics'
import type { Vault } from '../../electron/engine/ports/keys/openpgp'
import type { MailBackend } from '../../electron/engine/ports/mail/mail-backend'
import type { NetworkGate } from '../../electron/engine/ports/net/gate'
import type { MailboxRow, Store } from '../../electron/engine/ports/store'
import { systemClock, systemRandom } from '../../electron/engine/system'
import type { AccountConfig } from '../../shared/features/accounts/model'
import type { MessageSummary } from '../../shared/features/mail/model'
import type { AccountId, MailboxId } from '../../shared/kit/ids'
import type { SyncStatus } from '../../shared/kit/status'
import { fakeVault } from './fake-vault'
import { mailOf } from './with-mail'

/** Where an account's server is. `ca` is PEM. */
export interface TestEndpoint {
  readonly port: number
  readonly ca: string
  readonly security?: 'tls' | 'starttls'
  readonly user?: string
  readonly password?: string
}

/** Store, gate, IMAP backend and sync, joined as in the engine, with one account. Nothing of it is faked. */
export class SyncProfile {
  readonly directory = mkdtempSync(join(tmpdir(), 'siegel-sync-'))
  readonly logged: string[] = []
  readonly statuses: SyncStatus[] = []
  readonly #key = randomBytes(32)
  readonly #config: AccountConfig
  readonly #password: string
  store: Store
  gate: NetworkGate
  backend: MailBackend
  sync: SyncEngine
  board: StatusBoard
  inbox: InboxEncryption
  readonly vault: Vault
  readonly accountId: AccountId

  constructor(endpoint: TestEndpoint, vault: Vault = fakeVault()) {
    this.vault = vault
    const server = { host: 'localhost', port: endpoint.port, security: endpoint.security ?? 'tls' }
    this.#config = {
      address: endpoint.user ?? 'alice@rig.test',
      displayName: 'Alice',
      services: {
        mail: { userName: endpoint.user ?? 'alice@rig.test', imap: server, smtp: server, caPem: endpoint.ca },
      },
    }
    this.#password = endpoint.password ?? 'alice-pw'
    ;({
      store: this.store,
      gate: this.gate,
      backend: this.backend,
      sync: this.sync,
      board: this.board,
      inbox: this.inbox,
    } = this.#open())
    this.accountId = this.store.accounts.add({
      config: this.#config,
      sample: false,
      password: this.#password,
    }).id
  }

  #open() {
    const log: Log = {
      info: (message, facts) => this.logged.push(`${message} ${JSON.stringify(facts ?? {})}`),
      warn: (message, facts) => this.logged.push(`${message} ${JSON.stringify(facts ?? {})}`),
      error: (message, facts) => this.logged.push(`${message} ${JSON.stringify(facts ?? {})}`),
    }
    const [clock, random] = [systemClock, systemRandom]
    const { store } = openStore({ directory: this.directory, key: this.#key, clock, random, log })
    const policy = createEgressPolicy({ accounts: () => store.accounts.list() })
    const pins = { isPinned: () => false, hasPin: () => false }
    const gate = createGate({ policy, pins, clock, log })
    const backend = createImapBackend({ gate, log, mime, clock })
    const board = new StatusBoard(status => void this.statuses.push(status))
    const inbox = new InboxEncryption({
      ...{ store, vault: this.vault, form: inboxForm, mime, clock, random, log },
      exclusively: (accountId, work) => sync.exclusively(accountId, work),
    })
    const passHooks = inbox
    const sync = createSyncEngine({
      store,
      backend,
      mime,
      clock,
      random,
      log,
      board: board.of('mail'),
      passHooks,
    })
    return { store, gate, backend, sync, board, inbox }
  }

  /** As after the end of the program: everything is closed and opened again from disk. */
  async reopen(): Promise<void> {
    await this.inbox.stop()
    await this.sync.stopAll()
    this.store.close()
    ;({
      store: this.store,
      gate: this.gate,
      backend: this.backend,
      sync: this.sync,
      board: this.board,
      inbox: this.inbox,
    } = this.#open())
  }

  /** A signed-in session beside sync. */
  connect(signal?: AbortSignal) {
    return this.backend.connect(
      { id: this.accountId, mail: mailOf(this.#config), password: this.#password },
      signal,
    )
  }

  /** One pass; throws when something went wrong. */
  async pass(mailboxId: MailboxId | null = null) {
    const run = await this.sync.runOnce(this.accountId, mailboxId)
    if (run.problems.length > 0) throw new Error(`pass: ${JSON.stringify(run.problems)}`)
    return run
  }

  /** One pass; answers the codes of what went wrong. */
  async passProblems(): Promise<string[]> {
    const run = await this.sync.runOnce(this.accountId, null)
    return run.problems.map(({ problem }) => problem.code)
  }

  mailbox(path: string): MailboxRow {
    const row = this.store.mailboxes.byPath(this.accountId, path)
    if (!row) throw new Error(`no mailbox ${path}`)
    return row
  }

  messages(path: string): readonly MessageSummary[] {
    const query = { mailboxId: this.mailbox(path).id, role: null, unreadOnly: false, flaggedOnly: false }
    return this.store.messages.summaries(this.store.messages.index(query))
  }

  subjects(path: string): string[] {
    return this.messages(path)
      .map(each => each.subject)
      .sort()
  }

  async remove(): Promise<void> {
    await this.inbox.stop()
    await this.sync.stopAll()
    this.gate.closeAll(null)
    this.store.close()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

/** A small message; the number makes subject and Message-ID. */
export function testMessage(number: number | string, text = 'Hello.'): string {
  return [
    `Message-ID: <m${number}@rig.test>`,
    'From: Bob <bob@rig.test>',
    'To: Alice <alice@rig.test>',
    `Subject: message ${number}`,
    'Date: Mon, 02 Mar 2026 10:00:00 +0000',
    'Content-Type: text/plain; charset=utf-8',
    '',
    `${text} ${number}`,
    '',
  ].join('\r\n')
}

export const readPem = (path: string): string => readFileSync(path, 'utf8')

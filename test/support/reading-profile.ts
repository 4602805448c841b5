import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Fingerprint } from '../../shared/features/keys/model'
import type { CallOutput } from '../../shared/ipc/contract'
import type { MailboxId, MessageId } from '../../shared/kit/ids'
import { openTestEngine, type TestEngine } from './engine-in-test'
import { Gnupg } from './gnupg'

type Detail = CallOutput<'messages.get'>

/** The real engine and vault with one key of bert@example.org, which GnuPG knows as well. */
export class ReadingProfile {
  readonly gpg = new Gnupg()
  readonly directory = mkdtempSync(join(tmpdir(), 'sgr-'))
  readonly engine: TestEngine
  readonly mailboxId: MailboxId
  readonly own: Fingerprint
  #files = 0

  private constructor(engine: TestEngine, mailboxId: MailboxId, own: Fingerprint) {
    this.engine = engine
    this.mailboxId = mailboxId
    this.own = own
  }

  static async open(background = false): Promise<ReadingProfile> {
    const directory = mkdtempSync(join(tmpdir(), 'sgr-'))
    const engine = await openTestEngine(directory, { background })
    const account = await engine.call('accounts.add', {
      config: { address: 'local', displayName: '', services: {} },
      password: null,
    })
    const key = await engine.call('keys.generate', {
      name: 'Bert',
      address: 'bert@example.org',
      accountId: account.id,
      version: 4,
      expiresAtMs: null,
    })
    const mailboxes = await engine.call('mailboxes.list', {})
    const mailbox = mailboxes.find(each => each.accountId === account.id && each.selectable)
    if (mailbox === undefined) throw new Error('no mailbox')
    const profile = new ReadingProfile(engine, mailbox.id, key.facts.fingerprint)
    const { armored } = await engine.call('keys.exportPublic', { fingerprint: key.facts.fingerprint })
    profile.gpg.import(armored)
    return profile
  }

  /** Makes somebody else's key known. */
  async meet(key: Uint8Array): Promise<void> {
    await this.engine.call('keys.importPublic', { bytes: new Uint8Array(key), address: null })
  }

  /** Files a message and answers its id. */
  async file(message: string | Uint8Array): Promise<MessageId> {
    this.#files += 1
    const path = join(this.directory, `${this.#files}.eml`)
    writeFileSync(path, message)
    const { imported } = await this.engine.call('mail.import', { path, mailboxId: this.mailboxId })
    if (imported !== 1) throw new Error('the same message is there already')
    const { ids } = await this.engine.call('messages.index', {
      mailboxId: this.mailboxId,
      role: null,
      unreadOnly: false,
      flaggedOnly: false,
    })
    return Math.max(...ids) as MessageId
  }

  async read(message: string | Uint8Array): Promise<Detail & { id: MessageId }> {
    const id = await this.file(message)
    return { id, ...(await this.engine.call('messages.get', { messageId: id })) }
  }

  async close(): Promise<void> {
    await this.engine.close()
    this.gpg.close()
    rmSync(this.directory, { recursive: true, force: true })
  }
}

import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import { kindOf, problemOf } from '../../../kit/failures'
import { Withheld } from '../../../kit/fetching/withheld'
import { Lock } from '../../../kit/lock'
import type { Clock, Log, Random } from '../../../ports/basics'
import type { InboxForm } from '../../../ports/keys/inbox-encryption'
import type { Vault } from '../../../ports/keys/openpgp'
import type { MailSession } from '../../../ports/mail/mail-backend'
import type { MimePort } from '../../../ports/mail/mime'
import type { Store } from '../../../ports/store'
import { publicKeysOf } from './account-keys'
import { chooseWork, type Work } from './choose-work'
import { endJob, keepBooks, stop } from './keep-books'
import { replaceBatch } from './replace-batch'
import type { ReplaceContext } from './replace-context'
import { resumeReplacements } from './resume-replacements'

export type InboxEncryptionDeps = Readonly<{
  store: Store
  vault: Vault
  form: InboxForm
  mime: MimePort
  clock: Clock
  random: Random
  log: Log
  /** Work on a connection of an account while neither a pass nor a replay runs there. */
  exclusively<T>(accountId: AccountId, work: (session: MailSession) => Promise<T>): Promise<T>
}>

/** A turn of the event loop and a little rest between steps, so that sync and the faces get theirs. */
const restMs = 20
const minuteMs = 60_000

/** The encrypted inbox of all accounts: works off new mail and jobs, step by step, one loop an account. */
export class InboxEncryption {
  readonly #deps: InboxEncryptionDeps
  readonly #loops = new Map<AccountId, Lock>()
  readonly #waiting = new Set<AccountId>()
  readonly #withheld = new Map<AccountId, Withheld>()
  #ending = new AbortController()

  constructor(deps: InboxEncryptionDeps) {
    this.#deps = deps
  }

  hasUnfinished(accountId: AccountId): boolean {
    return this.#deps.store.inboxEncryption.open(accountId).length > 0
  }

  /** Ends what was interrupted; called by a pass before it looks at the mailboxes. Throws what ends the connection. */
  async resume(accountId: AccountId, session: MailSession): Promise<void> {
    const { store, log } = this.#deps
    try {
      const problem = await resumeReplacements(this.#context(accountId, session))
      if (problem) stop(store, accountId, problem)
    } catch (error) {
      if (kindOf(error) !== 'local') throw error
      log.warn('unfinished replacements wait', problemOf(error))
      stop(store, accountId, problemOf(error))
    }
  }

  /** Something may be there to do; returns at once. */
  kick(accountId: AccountId): void {
    if (this.#waiting.has(accountId) || this.#ending.signal.aborted) return
    this.#waiting.add(accountId)
    this.run(accountId)
      .catch((error: unknown) => {
        // The next pass kicks again.
        this.#deps.log.warn('the encrypted inbox waits', problemOf(error))
      })
      .finally(() => this.#waiting.delete(accountId))
  }

  /** Works until there is nothing to do or something stands in the way, which is in the settings then. Throws network codes. */
  run(accountId: AccountId): Promise<void> {
    const loop = this.#loops.get(accountId) ?? new Lock()
    this.#loops.set(accountId, loop)
    return loop.run(() => this.#run(accountId))
  }

  async stop(): Promise<void> {
    this.#ending.abort()
    await Promise.all([...this.#loops.values()].map(loop => loop.run(async () => undefined)))
  }

  async #run(accountId: AccountId): Promise<void> {
    const { store, clock } = this.#deps
    const { signal } = this.#ending
    if (this.hasUnfinished(accountId))
      await this.#deps.exclusively(accountId, session => this.resume(accountId, session))
    while (!signal.aborted && store.accounts.get(accountId)) {
      const work = chooseWork(store, accountId, clock.now())
      if (!work) {
        endJob(store, accountId)
        break
      }
      try {
        const looked = await this.#step(accountId, work)
        if (looked === 0) break
        await clock.sleep(this.#pauseMs(accountId, work, looked), signal)
      } catch (error) {
        if (signal.aborted) return
        if (kindOf(error) !== 'local') throw error
        stop(store, accountId, problemOf(error))
        break
      }
    }
    if (signal.aborted || !store.accounts.get(accountId)) return
    store.inboxEncryption.forgetOld(accountId, store.inboxEncryption.settings(accountId).keepOriginalsDays)
  }

  /** How many messages were looked at. */
  async #step(accountId: AccountId, { direction, mailbox, candidates, job }: Work): Promise<number> {
    const { store, vault } = this.#deps
    const { hideSubject } = store.inboxEncryption.settings(accountId)
    const keys = direction === 'encrypt' ? await publicKeysOf(store, vault, accountId) : []
    const result = await this.#deps.exclusively(accountId, async session => {
      const row = store.mailboxes.row(mailbox.id)
      if (!row) throw new SiegelError('mailbox-missing', { detail: mailbox.path })
      return replaceBatch(this.#context(accountId, session), row, {
        direction,
        candidates,
        keys,
        hideSubject,
      })
    })
    keepBooks(this.#deps, accountId, { direction, mailbox, candidates, job }, result)
    return result.problem ? 0 : result.replaced + result.failed + result.skips.length
  }

  #pauseMs(accountId: AccountId, { job }: Work, looked: number): number {
    const { messagesPerMinute } = this.#deps.store.inboxEncryption.settings(accountId)
    if (job === null || messagesPerMinute === null) return restMs
    return Math.max(restMs, (minuteMs * looked) / messagesPerMinute)
  }

  #context(accountId: AccountId, session: MailSession): ReplaceContext {
    const { store, vault, form, mime, clock, random, log } = this.#deps
    const withheld = this.#withheld.get(accountId) ?? new Withheld(clock)
    this.#withheld.set(accountId, withheld)
    return { accountId, store, vault, form, mime, clock, random, log, session, withheld }
  }
}

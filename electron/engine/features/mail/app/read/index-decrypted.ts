import type { AccountId, MessageId } from '../../../../../../shared/kit/ids'
import { toFailure } from '../../../../../../shared/kit/result'
import type { OpenedMessage } from '../../../../ports/mail/opened-mail'
import type { Needs } from '../../../../ports/parts'
import { openMessage } from './open-message'

/** Between two looks for encrypted mail that nobody has opened. */
const checkEveryMs = 4_000
/** Between two messages, so that everything else comes first. */
const pauseMs = 50
/** Messages of one look; the next look goes on. */
const perLook = 25

const accountOf = ({ store }: Needs<never, 'mailboxes' | 'messages'>, id: MessageId): AccountId | null => {
  const location = store.messages.location(id)
  return (location && store.mailboxes.row(location.mailboxId)?.accountId) ?? null
}

/** Opened messages whose keys were taken: the same one is shown again and again. */
const learned = new WeakSet<OpenedMessage>()

/**
 * Keys that a sender put inside the encryption for all who got the message (Autocrypt Level 1 §2.2). Only what really
 * stood inside counts; a field of this name in the outer header is anybody's.
 */
async function learnGossip(
  context: Needs<'clock' | 'harvest' | 'log', 'mailboxes' | 'messages'>,
  id: MessageId,
  opened: OpenedMessage,
): Promise<void> {
  const { store, clock, log } = context
  const { sealedHead, parsed } = opened
  if (sealedHead === null || parsed === null || learned.has(opened)) return
  learned.add(opened)
  const location = store.messages.location(id)
  if (!location || store.mailboxes.row(location.mailboxId)?.role === 'junk') return
  const { to, cc, dateMs } = parsed.header
  const addressedTo = [...to, ...cc].map(each => each.address)
  try {
    await context.harvest.noteGossip(sealedHead, addressedTo, Math.min(dateMs ?? 0, clock.now()))
  } catch (error) {
    log.warn('keys inside a message were not taken', { code: toFailure(error).code })
  }
}

/** Keeps what a decrypted message says: keys of others in it, and its text for list and search where that is wanted. */
export async function rememberOpened(
  context: Needs<'clock' | 'harvest' | 'log', 'mailboxes' | 'messages' | 'openpgp'>,
  id: MessageId,
  opened: OpenedMessage,
): Promise<void> {
  await learnGossip(context, id, opened)
  const { store } = context
  const { encryption } = opened.security
  const isOpen = encryption === 'encrypted' || encryption === 'inline-encrypted'
  if (!isOpen || opened.parsed === null) return
  // Words beside the ciphertext are anybody's: what it says is not what this message says.
  if (opened.quotable !== opened.parsed.text) return
  const accountId = accountOf(context, id)
  if (accountId === null || !store.openpgp.settings(accountId).indexDecrypted) return
  store.messages.rememberDecrypted(id, opened.parsed)
}

/** Opens what waits, newest first, and answers how many were tried. Nobody is asked for a passphrase. */
async function indexWaiting(
  context: Needs<
    'clock' | 'emit' | 'harvest' | 'log' | 'mime' | 'opened' | 'protection' | 'vault',
    'accounts' | 'mailboxes' | 'messages' | 'openpgp'
  >,
  isStopped: () => boolean,
): Promise<number> {
  const { store, clock } = context
  const accounts = store.accounts.list().map(each => each.id)
  const wanted = accounts.filter(id => store.openpgp.settings(id).indexDecrypted)
  const waiting = store.messages.encryptedWaiting(wanted, perLook)
  for (const id of waiting) {
    if (isStopped()) break
    await rememberOpened(context, id, await openMessage(context, id))
    store.messages.noteUnopened(id)
    await clock.sleep(pauseMs)
  }
  return waiting.length
}

/**
 * Decrypts arriving mail for list and search in the background. `onUnlocked`: a key can be used that could not before.
 * Answers a function that stops it.
 */
export function startIndexingDecrypted(
  context: Needs<
    'clock' | 'emit' | 'harvest' | 'log' | 'mime' | 'opened' | 'protection' | 'vault',
    'accounts' | 'mailboxes' | 'messages' | 'openpgp'
  >,
  onUnlocked: () => void,
): () => void {
  let stopped = false
  let working = false
  let usable = ''
  const look = async () => {
    if (working) return
    working = true
    try {
      const now = (await context.vault.unlocked()).toSorted().join()
      // A key that came, or was unlocked, may open what did not open before.
      if (now !== usable && now !== '') {
        context.store.messages.retryUnopened()
        onUnlocked()
      }
      usable = now
      while (usable !== '' && !stopped && (await indexWaiting(context, () => stopped)) === perLook);
    } catch (error) {
      if (!stopped)
        context.log.info('encrypted mail was not indexed', {
          code: error instanceof Error ? error.name : 'unknown',
        })
    } finally {
      working = false
    }
  }
  const timer = setInterval(() => void look(), checkEveryMs)
  timer.unref()
  return () => {
    stopped = true
    clearInterval(timer)
  }
}

/** Settings changed: an account that wants nothing kept keeps nothing. */
export function forgetUnwanted({ store, mime }: Needs<'mime', 'accounts' | 'messages' | 'openpgp'>): void {
  for (const { id } of store.accounts.list())
    if (!store.openpgp.settings(id).indexDecrypted)
      store.messages.forgetDecrypted(id, raw => mime.parseMessage(raw))
}

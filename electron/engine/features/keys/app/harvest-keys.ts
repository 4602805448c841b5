import { createHash } from 'node:crypto'
import { mailServiceOf } from '../../../../../shared/features/accounts/services'
import type { MessageId } from '../../../../../shared/kit/ids'
import { toFailure } from '../../../../../shared/kit/result'
import type { KeyHarvest } from '../../../ports/keys/key-harvest'
import type { AutocryptHeader, PublicKeyBytes } from '../../../ports/keys/openpgp'
import type { Needs } from '../../../ports/parts'
import { readForeignKeys } from './read-keys'
import { namesAddress, takeKey } from './take-key'

/** Senders write with the same key for years: most headers of a first sync are one of a few. */
const rememberedKeys = 500
/** Headers that wait; beyond it the oldest mail of a first sync is left out, never the newest. */
const waitingHeaders = 5_000

type Waiting = Readonly<{ header: AutocryptHeader; effectiveAtMs: number }>

/** Only what the rules of Autocrypt Level 1 §2.3 let count is kept: not from junk, not from forged senders, not our own. */
export function createKeyHarvest(
  context: Needs<
    'clock' | 'keysInMail' | 'log' | 'remote' | 'vault',
    'accounts' | 'mailboxes' | 'messages' | 'openpgp' | 'transaction'
  >,
): KeyHarvest {
  const { store, keysInMail, clock, log } = context
  const waiting: Waiting[] = []
  const known = new Map<string, PublicKeyBytes | null>()
  let working: Promise<void> | null = null

  const keyOf = async (header: AutocryptHeader): Promise<PublicKeyBytes | null> => {
    const name = createHash('sha256').update(header.key).digest('hex')
    const before = known.get(name)
    if (before !== undefined) return before
    const { keys } = await readForeignKeys(context.vault, header.key)
    const [key, second] = keys
    // The header carries exactly one key. Its user ID may differ from the address, which the header binds.
    const found = key !== undefined && second === undefined && !key.hasSecret ? key : null
    if (known.size >= rememberedKeys) known.clear()
    known.set(name, found)
    return found
  }

  const take = async ({ header, effectiveAtMs }: Waiting): Promise<void> => {
    const { address, prefersEncryption } = header
    const key = await keyOf(header)
    if (key === null) return
    const last = store.openpgp.preference(address)
    const isKnown = store.openpgp
      .keysFor(address)
      .some(each => each.facts.fingerprint === key.facts.fingerprint)
    // What a newer message replaced is not brought back by an older one; one more day of the same key still counts.
    if (!isKnown && last !== null && last.atMs > effectiveAtMs) return
    const evidence = { source: 'autocrypt', atMs: effectiveAtMs, detail: '' } as const
    await takeKey(context, { address, key, evidence, weak: false })
    store.openpgp.setPreference(address, prefersEncryption, effectiveAtMs)
  }

  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      try {
        await take(next)
      } catch (error) {
        const { code } = toFailure(error)
        log.warn('a key in a mail header was not taken', { code })
        // Without the vault nothing that waits can be read; the next mail brings the keys again.
        if (code === 'locked') waiting.length = 0
      }
      await new Promise(resolve => setImmediate(resolve))
    }
    working = null
  }

  const isFromElsewhere = (id: MessageId, raw: Uint8Array, address: string): boolean => {
    const location = store.messages.location(id)
    const mailbox = location && store.mailboxes.row(location.mailboxId)
    if (!mailbox || ['junk', 'drafts', 'sent', 'trash'].includes(mailbox.role)) return false
    const own = store.accounts.list()
    if (own.some(({ config }) => config.address.toLowerCase() === address)) return false
    const mail = mailServiceOf(own.find(({ id: each }) => each === mailbox.accountId))
    if (mail === null) return false
    const hosts = [mail.imap.host, mail.smtp.host]
    return context.remote.authenticate(raw, { from: address, hosts }) !== 'failed'
  }

  return {
    noteAutocrypt(bodies) {
      for (const { id, raw } of bodies) {
        if (waiting.length >= waitingHeaders || !keysInMail.mayHaveAutocrypt(raw)) continue
        const found = keysInMail.autocrypt(raw, clock.now())
        if (found === null || !isFromElsewhere(id, raw, found.address)) continue
        waiting.push({ header: found, effectiveAtMs: found.effectiveAtMs })
      }
      if (waiting.length > 0) working ??= work()
    },
    async noteGossip(decrypted, addressedTo, effectiveAtMs) {
      const own = new Set(store.accounts.list().map(({ config }) => config.address.toLowerCase()))
      for (const header of keysInMail.gossip(decrypted, addressedTo)) {
        const key = own.has(header.address) ? null : await keyOf(header)
        if (key === null || !namesAddress(key, header.address)) continue
        const evidence = { source: 'gossip', atMs: effectiveAtMs, detail: '' } as const
        await takeKey(context, { address: header.address, key, evidence, weak: true })
      }
    },
    settled: async () => {
      while (working !== null) await working
    },
  }
}

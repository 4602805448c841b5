import { createKeyHarvest } from '../../../../../../../electron/engine/features/keys/app/harvest-keys'
import { keyUseCases } from '../../../../../../../electron/engine/features/keys/app/key-use-cases'
import { thunderbirdDatabases } from '../../../../../../../electron/engine/features/keys/store/thunderbird-databases'
import { openMessage } from '../../../../../../../electron/engine/features/mail/app/read/open-message'
import { OpenedMessages } from '../../../../../../../electron/engine/features/mail/app/read/opened-messages'
import { readOpenedPart } from '../../../../../../../electron/engine/features/mail/app/read/opened-part'
import { senderAuthentication } from '../../../../../../../electron/engine/formats/mime/header/authentication-results'
import { keysInMail } from '../../../../../../../electron/engine/formats/mime/keys-in-mail'
import { mime } from '../../../../../../../electron/engine/formats/mime/mime'
import { protectionReader } from '../../../../../../../electron/engine/formats/openpgp/protection-reader'
import type {
  KeyLookup,
  KeyLookupAnswer,
  Vault,
} from '../../../../../../../electron/engine/ports/keys/openpgp'
import type { OpenedMessage } from '../../../../../../../electron/engine/ports/mail/opened-mail'
import type { EngineParts } from '../../../../../../../electron/engine/ports/parts'
import { type KeyFacts, keyFacts } from '../../../../../../../shared/features/keys/model'
import type { EventPayload } from '../../../../../../../shared/ipc/contract'
import type { MessageId } from '../../../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../../../shared/kit/result'
import { bytes, freshStore, quietLog, seedAccount } from '../../../store/support'
import { keyFactsOf } from '../store/openpgp-support'

/** A key as this world writes it: its facts as text. `secret` marks one with its secret part. */
export const keyBlock = (facts: KeyFacts, secret = false): Uint8Array =>
  bytes(JSON.stringify({ facts, secret }))

/** Two or more keys in one block. */
export const keyring = (...blocks: readonly Uint8Array[]): Uint8Array =>
  bytes(blocks.map(block => Buffer.from(block).toString()).join('\n'))

/** A key of one address. */
export const keyFor = (address: string, digit: string, values: Partial<KeyFacts> = {}): KeyFacts =>
  keyFactsOf(digit, { userIds: [{ name: '', address, valid: true }], ...values })

/** The vault of this world: keys are text, nothing is secret, and what was asked of it is written down. */
function textVault() {
  const held: string[][] = []
  let made = 0
  const vault: Pick<
    Vault,
    'readKeys' | 'mergeKeys' | 'reduceKey' | 'generate' | 'hold' | 'unlocked' | 'change'
  > = {
    readKeys: async block => {
      const keys: { facts: KeyFacts; bytes: Uint8Array; hasSecret: boolean }[] = []
      let broken = 0
      for (const line of Buffer.from(block).toString().split('\n')) {
        try {
          const read = JSON.parse(line)
          keys.push({ facts: keyFacts.parse(read.facts), bytes: bytes(line), hasSecret: read.secret })
        } catch {
          broken += 1
        }
      }
      if (keys.length === 0) throw new SiegelError('message-malformed')
      return { keys, broken, unusable: [], revocations: [] }
    },
    mergeKeys: async (known, update) => {
      const [before] = (await vault.readKeys(known)).keys
      const [after] = (await vault.readKeys(update)).keys
      if (!before || !after) throw new Error('no keys')
      const problems = [...new Set([...before.facts.problems, ...after.facts.problems])]
      const facts = { ...after.facts, problems, canEncrypt: after.facts.canEncrypt && problems.length === 0 }
      return { facts, bytes: keyBlock(facts) }
    },
    reduceKey: async ({ key, address }) => {
      const [whole] = (await vault.readKeys(key)).keys
      const userIds = whole?.facts.userIds.filter(each => each.address === address.toLowerCase()) ?? []
      if (!whole || userIds.length === 0) throw new SiegelError('no-key', { address })
      const facts = { ...whole.facts, userIds }
      return { facts, bytes: keyBlock(facts) }
    },
    generate: async ({ userIds, expiresAtMs }) => {
      made += 1
      const facts = keyFactsOf(made.toString(16), {
        expiresAtMs,
        userIds: userIds.map(each => ({ ...each, valid: true })),
      })
      return {
        facts,
        bytes: keyBlock(facts),
        sealed: bytes(`sealed ${made}`),
        protection: 'vault',
        revocation: 'revocation',
      }
    },
    hold: async keys => void held.push(keys.map(each => each.fingerprint)),
    unlocked: async () => (held.at(-1) ?? []).map(each => each as KeyFacts['fingerprint']),
    change: async (fingerprint, change) => {
      const facts = keyFactsOf(fingerprint[0] ?? '', {
        ...(change.kind === 'expiry' ? { expiresAtMs: change.expiresAtMs } : {}),
        ...(change.kind === 'revoke' ? { problems: ['revoked' as const], canEncrypt: false } : {}),
      })
      return { facts, bytes: keyBlock(facts), sealed: bytes('changed'), protection: 'vault' }
    },
  }
  return { vault, held }
}

/** Use cases over the real store and the real parsers; the vault and the network are of this world. */
export function keyWorld() {
  const { store, clock, directory } = freshStore()
  const seeded = seedAccount(store)
  const { vault, held } = textVault()
  const asked: string[] = []
  const answers = new Map<string, KeyLookupAnswer[]>()
  const notices: EventPayload<'notice'>[] = []
  const keyLookup: KeyLookup = {
    wkd: async address => {
      asked.push(`wkd ${address}`)
      return answers.get('wkd') ?? []
    },
    keyserver: async (host, address) => {
      asked.push(`${host} ${address}`)
      const [answer] = answers.get(host) ?? []
      return (
        answer ?? {
          step: { source: 'keyserver', target: host, outcome: 'nothing', detail: 'HTTP 404' },
          host,
          bytes: null,
        }
      )
    },
  }
  // Only what the use cases of keys touch; anything else would be a mistake that shows at once.
  const reading = {
    mime,
    store,
    clock,
    log: quietLog,
    vault,
    protection: protectionReader,
    opened: new OpenedMessages(),
    emit: () => undefined,
  } as unknown as EngineParts
  const context = {
    store,
    clock,
    log: quietLog,
    mime,
    vault,
    keyLookup,
    keysInMail,
    thunderbird: thunderbirdDatabases,
    protection: protectionReader,
    opened: reading.opened,
    reading: {
      open: (id: MessageId) => openMessage(reading, id),
      part: (opened: OpenedMessage, partId: string) => readOpenedPart(reading, opened, partId),
    },
    remote: { authenticate: senderAuthentication },
    emit: (_: string, notice: EventPayload<'notice'>) => void notices.push(notice),
  } as unknown as EngineParts
  return {
    store,
    clock,
    directory,
    context,
    held,
    asked,
    answers,
    notices,
    ...seeded,
    cases: keyUseCases(context),
    harvest: createKeyHarvest(context),
  }
}

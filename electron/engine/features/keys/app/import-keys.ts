import type {
  ContactKey,
  Fingerprint,
  KeyConflict,
  KeyFacts,
  KeyImportReport,
  KeySource,
} from '../../../../../shared/features/keys/model'
import { SiegelError, unsupportedKind } from '../../../../../shared/kit/result'
import { keyForAddress } from '../../../kit/key-for-address'
import { limits } from '../../../ports/limits'
import type { Needs } from '../../../ports/parts'
import type { UseCases } from '../../../ports/use-cases'
import { isAddressCard } from './attached-keys'
import { contactView } from './contact-view'
import { applyRevocation } from './own/apply-revocation'
import { armorPublicKey } from './own/armor'
import { readForeignKeys } from './read-keys'
import { addressesOf, takeKey } from './take-key'

type Given = Readonly<{
  blocks: readonly Uint8Array[]
  source: KeySource
  detail: string
  /** For these addresses only; null: for every one a key names. */
  only: string | null
  /** Addresses for which the source is no better than anybody's word. */
  isWeakFor: (address: string, fingerprint: Fingerprint) => boolean
}>

const isRevoked = ({ facts }: Readonly<{ facts: KeyFacts }>): boolean => facts.problems.includes('revoked')

/** Reads blocks of keys and takes each for the addresses it names. Throws `too-large`. */
export async function importKeys(
  context: Needs<'clock' | 'vault', 'openpgp' | 'transaction'>,
  given: Given,
): Promise<KeyImportReport> {
  const { store, vault, clock } = context
  const taken = new Map<string, ContactKey>()
  const conflicts: KeyConflict[] = []
  let broken = 0
  const unusable: string[] = []
  let secretCount = 0
  let withoutAddress = 0
  const revoked = new Set<Fingerprint>()
  let unknownRevocations = 0
  for (const block of given.blocks) {
    if (block.length > limits.keyringBytes)
      throw new SiegelError('too-large', { limitBytes: limits.keyringBytes })
    const read = await readForeignKeys(vault, block)
    broken += read.broken
    unusable.push(...read.unusable)
    for (const revocation of read.revocations) {
      const fingerprints = await applyRevocation(context, revocation)
      for (const each of fingerprints) revoked.add(each)
      if (fingerprints.length === 0) unknownRevocations += 1
    }
    for (const { hasSecret, ...key } of read.keys) {
      if (hasSecret) secretCount += 1
      const own = store.openpgp.ownKey(key.facts.fingerprint)
      if (own && isRevoked(key) && !isRevoked(own)) {
        // The owner's word about an own key, published from another program.
        const keyId = key.facts.keyIds[0] ?? ''
        for (const each of await applyRevocation(context, { keyId, bytes: key.bytes })) revoked.add(each)
      }
      const addresses = addressesOf(key).filter(each => given.only === null || each === given.only)
      if (addresses.length === 0) withoutAddress += 1
      for (const address of addresses) {
        const evidence = { source: given.source, atMs: clock.now(), detail: given.detail.slice(0, 300) }
        const weak = given.isWeakFor(address, key.facts.fingerprint)
        const conflict = await takeKey(context, { address, key, evidence, weak })
        if (conflict) conflicts.push(conflict)
        for (const row of store.openpgp.keysFor(address))
          if (row.facts.fingerprint === key.facts.fingerprint)
            taken.set(`${address} ${row.facts.fingerprint}`, contactView(row))
      }
    }
  }
  return {
    keys: [...taken.values()],
    conflicts,
    broken,
    unusable: unusable.length,
    unusableKinds: [...new Set(unusable)].slice(0, 100),
    secretCount,
    withoutAddress,
    revoked: [...revoked],
    unknownRevocations,
  }
}

/** Throws `import-unreadable` when no key was in what was given, `key-kind-unsupported` when none was that can be used. */
const someOf = (report: KeyImportReport): KeyImportReport => {
  const { keys, withoutAddress, secretCount, revoked, unknownRevocations } = report
  if (keys.length + withoutAddress + secretCount + revoked.length + unknownRevocations > 0) return report
  if (report.unusable > 0) throw unsupportedKind(report.unusableKinds)
  throw new SiegelError('import-unreadable')
}

/** Public keys in and out. */
export function importKeyUseCases(
  context: Needs<'clock' | 'keysInMail' | 'reading' | 'vault', 'openpgp' | 'transaction'>,
): Pick<UseCases, 'keys.importPublic' | 'keys.importFromMessage' | 'keys.exportPublic'> {
  const { store, keysInMail } = context
  return {
    'keys.importPublic': async ({ bytes, address }) =>
      someOf(
        await importKeys(context, {
          blocks: [bytes],
          source: 'imported',
          detail: '',
          only: address?.toLowerCase() ?? null,
          isWeakFor: () => false,
        }),
      ),
    'keys.importFromMessage': async ({ messageId, partId }) => {
      const opened = await context.reading.open(messageId)
      const part = opened.raw && context.reading.part(opened, partId)
      if (!opened.raw) throw new SiegelError('body-not-here')
      if (!part) throw new SiegelError('not-found', { what: 'part of a message' })
      const isCard = isAddressCard(part.info)
      const [sender, second] = opened.parsed?.header.from ?? []
      const from = second === undefined ? (sender?.address.toLowerCase() ?? '') : ''
      const report = await importKeys(context, {
        blocks: isCard ? keysInMail.vcard(part.bytes) : [part.bytes],
        source: isCard ? 'vcard' : 'attachment',
        detail: from,
        only: null,
        // Who sends a key can speak for the own address, not for others.
        isWeakFor: address => address !== from,
      })
      return someOf(report)
    },
    'keys.exportPublic': async ({ fingerprint, address }) => {
      const found = store.openpgp.ownKey(fingerprint) ?? store.openpgp.publicKey(fingerprint)
      if (!found) throw new SiegelError('not-found', { what: 'key' })
      const bytes = address == null ? found.publicKey : await keyForAddress(context, found.publicKey, address)
      if (!bytes) throw new SiegelError('not-found', { what: 'address' })
      return { armored: armorPublicKey(bytes) }
    },
  }
}

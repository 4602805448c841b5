import type { ContactKey, Fingerprint } from '../../../shared/model/openpgp-key'
import type { PageReason } from '../../../shared/model/page-question'
import type { EncryptionPolicy, LookupMode, OpenpgpSettings } from '../../../shared/model/protection'
import { ask, type CallGuards, type GuardParts, mustConfirm } from './guard'

const policies: readonly EncryptionPolicy[] = ['never', 'ask', 'when-replying', 'automatic', 'always']
const lookups: readonly LookupMode[] = ['off', 'ask', 'automatic']

/** Four digits a group, as fingerprints are read aloud. */
const grouped = (fingerprint: string): string => (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')

/** Whose key counts for what, and how much is encrypted, is decided in main's own windows. */
export function keyGuards({
  confirm,
  callEngine,
}: GuardParts): Pick<
  CallGuards,
  | 'keys.setTrust'
  | 'keys.useKey'
  | 'keys.reject'
  | 'keys.remove'
  | 'keys.change'
  | 'keys.setSettings'
  | 'inboxEncryption.set'
  | 'inboxEncryption.run'
  | 'inboxEncryption.undo'
  | 'outbox.send'
> {
  const keysOf = async (address: string): Promise<readonly ContactKey[]> =>
    (await ask(callEngine, 'keys.contacts', { address })).keys
  const find = (keys: readonly ContactKey[], fingerprint: Fingerprint) =>
    keys.find(({ facts }) => facts.fingerprint === fingerprint)
  /** A key that counts is not lost by a word of the page. */
  const mayDrop = async ({ address, fingerprint }: { address: string; fingerprint: Fingerprint }) => {
    const key = find(await keysOf(address), fingerprint)
    if (key && (key.inUse || key.trust === 'verified'))
      await mustConfirm(confirm, {
        kind: 'key-dropped',
        reasons: [],
        lines: [address, grouped(fingerprint)],
      })
  }
  const mayChangeInbox = async (accountId: string, reasons: readonly PageReason[], more: string[] = []) => {
    if (reasons.length === 0) return
    const account = (await ask(callEngine, 'accounts.list', {})).find(({ id }) => id === accountId)
    const lines = [account?.config.address ?? '', ...more]
    await mustConfirm(confirm, { kind: 'inbox-encryption', reasons, lines })
  }

  return {
    async 'keys.setTrust'(input) {
      const { address, fingerprint, trust } = input
      const before = find(await keysOf(address), fingerprint)?.trust ?? 'none'
      const isWorthAsking = trust !== before && (trust === 'verified' || before === 'verified')
      if (isWorthAsking)
        await mustConfirm(confirm, {
          kind: trust === 'verified' ? 'key-verified' : 'key-not-verified',
          reasons: [],
          lines: [address, grouped(fingerprint)],
        })
      return callEngine('keys.setTrust', input)
    },

    async 'keys.useKey'(input) {
      const { address, fingerprint } = input
      const keys = await keysOf(address)
      const used = keys.find(({ inUse }) => inUse)
      const isOther = used !== undefined && used.facts.fingerprint !== fingerprint
      if (isOther || find(keys, fingerprint)?.rejected === true)
        await mustConfirm(confirm, {
          kind: 'key-other',
          reasons: [],
          lines: [address, ...(used ? [grouped(used.facts.fingerprint), '↓'] : []), grouped(fingerprint)],
        })
      return callEngine('keys.useKey', input)
    },

    async 'keys.reject'(input) {
      await mayDrop(input)
      return callEngine('keys.reject', input)
    },
    async 'keys.remove'(input) {
      await mayDrop(input)
      return callEngine('keys.remove', input)
    },

    async 'keys.change'(input) {
      if (input.change.kind !== 'add-user-id')
        await mustConfirm(confirm, {
          kind: 'own-key-changed',
          reasons: [],
          lines: [grouped(input.fingerprint), input.change.kind],
        })
      return callEngine('keys.change', input)
    },

    async 'keys.setSettings'(input) {
      const before = await ask(callEngine, 'keys.settings', { accountId: input.accountId })
      const reasons = weakerSettings(before, input.change)
      if (reasons.length > 0) {
        const account = (await ask(callEngine, 'accounts.list', {})).find(({ id }) => id === input.accountId)
        const { key, keyservers } = input.change
        await mustConfirm(confirm, {
          kind: 'protection-lower',
          reasons,
          lines: [
            account?.config.address ?? '',
            ...(reasons.includes('other-own-key') && key ? [grouped(key)] : []),
            ...(reasons.includes('asks-more') ? (keyservers ?? []) : []),
          ],
        })
      }
      return callEngine('keys.setSettings', input)
    },

    async 'inboxEncryption.set'(input) {
      const before = await ask(callEngine, 'inboxEncryption.status', { accountId: input.accountId })
      const others = (input.extraKeys ?? []).filter(key => !before.keys.includes(key))
      const reasons: PageReason[] = [
        ...(before.on && input.on === false ? (['inbox-off'] as const) : []),
        ...(others.length > 0 ? (['inbox-other-keys'] as const) : []),
        ...(before.on && before.hideSubject && input.hideSubject === false ? (['hides-less'] as const) : []),
      ]
      await mayChangeInbox(input.accountId, reasons, others.map(grouped))
      return callEngine('inboxEncryption.set', input)
    },
    async 'inboxEncryption.run'(input) {
      await mayChangeInbox(input.accountId, input.kind === 'decrypt' ? ['inbox-decrypts'] : [])
      return callEngine('inboxEncryption.run', input)
    },
    async 'inboxEncryption.undo'(input) {
      await mayChangeInbox(input.accountId, ['inbox-decrypts'])
      return callEngine('inboxEncryption.undo', input)
    },

    async 'outbox.send'(input) {
      if (input.passphrase !== null) return callEngine('outbox.send', input)
      const plan = await callEngine('keys.plan', { draftId: input.draftId })
      // What cannot be planned cannot be sent either, and says so itself.
      if (plan.ok) {
        const { encrypts, reason, recipients } = plan.value
        const isPossible = recipients.length > 0 && recipients.every(({ state }) => state === 'ready')
        if (encrypts === 'no' && reason === 'chosen' && isPossible)
          await mustConfirm(confirm, {
            kind: 'send-clear',
            reasons: [],
            lines: recipients.map(({ address }) => address),
          })
      }
      return callEngine('outbox.send', input)
    },
  }
}

/** What a change of settings takes away, or shows to others. */
function weakerSettings(
  before: OpenpgpSettings,
  change: { [K in keyof OpenpgpSettings]?: OpenpgpSettings[K] | undefined },
): PageReason[] {
  const isLower = <T>(order: readonly T[], from: T, to: T | undefined) =>
    to !== undefined && order.indexOf(to) < order.indexOf(from)
  const reasons: PageReason[] = []
  if (isLower(policies, before.policy, change.policy)) reasons.push('encrypts-less')
  if (before.signAlways && change.signAlways === false) reasons.push('signs-less')
  if (before.headerProtection === 'shy' && change.headerProtection === 'baseline') reasons.push('hides-less')
  if (before.key !== null && change.key !== undefined && change.key !== before.key)
    reasons.push('other-own-key')
  const asksMore =
    isLower(lookups, change.wkd ?? before.wkd, before.wkd) ||
    isLower(lookups, change.keyserver ?? before.keyserver, before.keyserver) ||
    (change.keyservers ?? []).some(host => !before.keyservers.includes(host))
  if (asksMore) reasons.push('asks-more')
  if (!before.indexDecrypted && change.indexDecrypted === true) reasons.push('indexes-decrypted')
  return reasons
}

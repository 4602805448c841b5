import type { Address } from '../../../../../../shared/features/mail/model'
import { SiegelError } from '../../../../../../shared/kit/result'
import { keyForAddress } from '../../../../kit/key-for-address'
import { requireAccount } from '../../../../kit/require'
import type { MessageProtection } from '../../../../ports/keys/protected-mail'
import type { Needs } from '../../../../ports/parts'
import { originalHidesNames } from '../answer/original-protection'
import { planFor } from './protection-plan'
import { ownKeyOf, recipientKeys } from './recipient-keys'
import { type Addressed, requireDecided } from './undecided-recipients'

/**
 * How a draft goes out, as its plan says. Throws `encryption-needs-decision` with `reason` (and `addresses` that cannot be
 * reached) when the plan stops, `unprotected-address`, `key-locked` when only the passphrase of the writer's key is missing.
 */
export async function protectionFor(
  context: Needs<'clock' | 'mime' | 'protection' | 'reading' | 'vault', 'accounts' | 'messages' | 'openpgp'>,
  draft: Addressed,
): Promise<MessageProtection> {
  const { content, relation } = draft
  requireDecided(draft)
  const plan = await planFor(context, draft)
  const own = ownKeyOf(context, content.accountId)
  if (plan.encrypts === 'stop') {
    if (plan.reason === 'own-key-locked' && own !== null)
      throw new SiegelError('key-locked', { fingerprint: own.facts.fingerprint })
    const unreached = plan.recipients.filter(({ state }) => state !== 'ready').map(({ address }) => address)
    throw new SiegelError('encryption-needs-decision', {
      reason: plan.reason,
      addresses: unreached.join(', ').slice(0, 1000),
    })
  }
  const settings = context.store.openpgp.settings(content.accountId)
  const shy =
    settings.headerProtection === 'shy' ||
    (relation?.messageId != null && (await originalHidesNames(context, relation.messageId)))
  const { config } = requireAccount(context, content.accountId)
  const ownForAddress =
    own !== null && settings.autocryptHeader && own.facts.canEncrypt
      ? await keyForAddress(context, own.publicKey, config.address)
      : null
  return {
    signWith: plan.signs && own !== null ? own.facts.fingerprint : null,
    encryption:
      plan.encrypts === 'yes' && own !== null
        ? {
            headers: shy ? 'shy' : 'baseline',
            own: own.publicKey,
            keys: new Map(
              recipientKeys(context, [...content.to, ...content.cc, ...content.bcc]).flatMap(
                ({ state, key }) => (key === null ? [] : [[state.address, key] as const]),
              ),
            ),
            gossip: await gossipKeys(context, [...content.to, ...content.cc]),
          }
        : null,
    autocrypt:
      ownForAddress === null
        ? null
        : {
            key: ownForAddress,
            prefersEncryption: settings.policy === 'automatic' || settings.policy === 'always',
          },
  }
}

/** Every open recipient's key as its address shows it; for one alone there is nobody to tell. */
async function gossipKeys(
  context: Needs<'clock' | 'vault', 'accounts' | 'openpgp'>,
  openly: readonly Address[],
): Promise<ReadonlyMap<string, Uint8Array>> {
  const found = recipientKeys(context, openly)
  const gossip = new Map<string, Uint8Array>()
  if (found.length < 2) return gossip
  for (const { state, key } of found) {
    const reduced = key && (await keyForAddress(context, key, state.address))
    if (reduced) gossip.set(state.address, reduced)
  }
  return gossip
}

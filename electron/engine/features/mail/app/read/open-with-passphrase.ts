import type { MessagePassphrase } from '../../../../../../shared/ipc/vault/vault-calls'
import { asError, asErrorCode } from '../../../../../../shared/kit/result'
import type { Needs } from '../../../../ports/parts'
import type { UseCases } from '../../../../ports/use-cases'
import { attachedBytes } from './open-attached'
import { openBytes } from './open-message'
import { wholeMessage } from './whole-message'

/** The same engine, whose vault is told the passphrase with what it decrypts. */
const told = <Parts extends Needs<'vault'>>(context: Parts, passphrase: MessagePassphrase): Parts => ({
  ...context,
  vault: {
    ...context.vault,
    decrypt: (data, options, signal) => context.vault.decrypt(data, { ...options, passphrase }, signal),
  },
})

/**
 * Opening what was encrypted under a passphrase. It is tried beside everything that shows messages: when it opens, the vault
 * remembers the message's own key, and the message is then opened by the one door like any other.
 */
export function passphraseUseCases(
  context: Needs<
    'clock' | 'emit' | 'mime' | 'opened' | 'protection' | 'sync' | 'vault',
    'messages' | 'openpgp'
  >,
): Pick<UseCases, 'messages.openWithPassphrase'> {
  return {
    'messages.openWithPassphrase': async ({ messageId, attached, passphrase }) => {
      const whole = await wholeMessage(context, messageId)
      const raw = attached.length === 0 ? whole : await attachedBytes(context, messageId, attached)
      const { security } = await openBytes(told(context, passphrase), raw, new AbortController().signal)
      const { encryption, failure } = security
      if (encryption === 'failed' || encryption === 'locked')
        throw asError({ code: asErrorCode(failure ?? 'decrypt-failed') })
      return {}
    },
  }
}

import type { CallInput } from '../../shared/ipc/contract'
import { useHost } from '../host/host-context'
import { useFailureWords } from '../i18n/use-failure-words'

/** Opens a key that has a passphrase of its own. Answers why it did not open, in words, or null when it did. */
export function useUnlockKey(): (request: CallInput<'keys.unlock'>) => Promise<string | null> {
  const host = useHost()
  const words = useFailureWords()
  return async request => {
    const answer = await host.call('keys.unlock', request)
    return answer.ok ? null : words(answer.error).what
  }
}

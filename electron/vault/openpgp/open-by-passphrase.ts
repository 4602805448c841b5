import { SiegelError } from '../../../shared/ipc/result'
import { openProtected, type Plaintext } from './inner-packets'
import type { DecryptedSessionKey } from './library'
import type { OuterPacket } from './outer-packets'
import type { PassphrasePacket } from './passphrase-packets'
import { passphraseSessionKeys } from './passphrase-session-key'

/**
 * Opens the data with a passphrase. Throws `message-passphrase-wrong`, which in version 4 cannot be told from data that was
 * changed; otherwise as `openProtected`.
 */
export const openByPassphrase = async (
  packets: readonly PassphrasePacket[],
  data: OuterPacket,
  passphrase: string,
): Promise<{ plaintext: Plaintext; sessionKey: DecryptedSessionKey }> => {
  for await (const { sessionKey, isProved } of passphraseSessionKeys(packets, passphrase)) {
    try {
      const plaintext = await openProtected(data.whole, sessionKey)
      if (plaintext) return { plaintext, sessionKey }
    } catch (error) {
      // A wrong key turns the data into anything: what it looks like then says nothing.
      if (isProved) throw error
    }
    sessionKey.data.fill(0)
  }
  throw new SiegelError('message-passphrase-wrong')
}

import type { VaultCallOutput, VaultQuestion } from '../../../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../../../shared/kit/result'
import type { HeldKeys, SealPlace } from '../keys/held-keys'
import { publicBytes } from '../keys/public-key'
import { createMessage, sign } from '../library'
import { withCrlf } from '../packets/armor'
import { strictConfig } from '../policy'
import { signingKey } from './encrypt-message'
import { verifyDetached } from './verify-message'

/** A detached signature, checked once more before it is handed out. */
export const signDetached = async (
  { data, fingerprint, nowMs }: VaultQuestion<'sign'>,
  held: HeldKeys,
  place: SealPlace,
): Promise<VaultCallOutput<'sign'>> => {
  const key = await signingKey(fingerprint, nowMs, held, place)
  const armored = withCrlf(
    await sign({
      message: await createMessage({ binary: data }),
      signingKeys: key,
      detached: true,
      date: new Date(nowMs),
      format: 'armored',
      config: strictConfig,
    }),
  )
  const [made, ...more] = await verifyDetached({
    data,
    signature: Buffer.from(armored, 'latin1'),
    verifyWith: [publicBytes(key)],
    nowMs,
  })
  if (made?.state !== 'good' || more.length > 0)
    throw new SiegelError('self-check-failed', { detail: 'the signature does not hold' })
  return { armored, micalg: `pgp-${made.hash}` }
}

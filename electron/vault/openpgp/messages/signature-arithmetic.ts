import { type AnyKeyPacket, config, type SignaturePacket } from '../library'
import { arithmeticConfig } from '../policy'

const fullConfig = { ...config, ...arithmeticConfig }

/** Subpacket of RFC 9580 §5.2.3.36; read by us, unknown to the library, harmless when marked critical. */
export const intendedRecipientSubpacket = 35

/**
 * Whether the signature fits the data and the key, at whatever time and with whatever hash. Type and issuer are
 * compared, critical unknown subpackets refused.
 */
export const verifiesAlone = async (
  signature: SignaturePacket,
  key: AnyKeyPacket,
  data: object,
  detached = false,
): Promise<boolean> => {
  if (signature.signatureType === null) return false
  try {
    signature.unknownSubpackets = signature.unknownSubpackets.filter(
      ({ type, critical }) => type !== intendedRecipientSubpacket || !critical,
    )
    // Without a date the library does not look at times.
    const anyTime = null as unknown as Date
    await signature.verify(key, signature.signatureType, data, anyTime, detached, fullConfig)
    return true
  } catch {
    return false
  }
}

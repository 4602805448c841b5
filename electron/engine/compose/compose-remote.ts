import { senderAuthentication } from '../formats/mime/header/authentication-results'
import { isKnownCounter } from '../formats/mime/sanitize/pictures/known-counters'
import { createKeyLookup } from '../key-lookup/key-lookup'
import type { EngineParts } from '../ports/parts'
import { createOneClick } from '../remote/one-click'
import { createRemoteImages } from '../remote/remote-images'
import type { Network } from './compose-network'

/** What mail and keys ask of the web, each by a wish of the user. */
export function composeRemote(network: Network): Pick<EngineParts, 'remote' | 'oneClick' | 'keyLookup'> {
  const { gate, policy, isPublicHost, isPort } = network
  const { permitDuring } = policy
  return {
    remote: {
      images: createRemoteImages({
        gate,
        permitDuring,
        rules: { isPublicHost, isCounter: isKnownCounter, isPort },
      }),
      authenticate: senderAuthentication,
    },
    oneClick: createOneClick({ gate, permitDuring, isPublicHost, isPort }),
    keyLookup: createKeyLookup({ gate, permitDuring, isPublicHost }),
  }
}

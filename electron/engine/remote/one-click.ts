import { SiegelError } from '../../../shared/kit/result'
import type { GateRequest, NetworkGate } from '../ports/net/gate'
import type { OneClick } from '../ports/net/remote'
import { type RemoteTarget, remoteTarget, type TargetRules } from './remote-target'

/** A list's server has to note one line; who waits longer tries again later. */
const timeoutMs = 20_000
/** Of the answer only the status counts. */
const maxAnswerBytes = 64_000

/** RFC 8058 §3.1: this body and nothing else: no cookie, no login, nothing that names the reader but the address itself. */
const body = Buffer.from('List-Unsubscribe=One-Click', 'latin1')

/** Posts to the address that a mailing list names, over the gate, with the place permitted for just that long. */
export function createOneClick(
  deps: Readonly<{
    gate: Pick<NetworkGate, 'httpsPost'>
    permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  }> &
    Pick<TargetRules, 'isPublicHost' | 'isPort'>,
): OneClick {
  // An address for leaving is bound to look like a tracker: it names the reader, and that is its purpose.
  const rules: TargetRules = { isPublicHost: deps.isPublicHost, isPort: deps.isPort, isCounter: () => false }
  const targetOf = (url: string): RemoteTarget | null => remoteTarget(url, rules)
  return {
    hostOf: url => targetOf(url)?.host ?? null,
    async post(accountId, url) {
      const target = targetOf(url)
      if (target === null) throw new SiegelError('not-permitted', { reason: 'address' })
      const { host, port, path } = target
      const request: GateRequest = { accountId, purpose: 'unsubscribe', host, port }
      const { status } = await deps.permitDuring([request], () =>
        deps.gate.httpsPost(
          { ...request, path },
          {
            timeoutMs,
            maxBytes: maxAnswerBytes,
            contentType: 'application/x-www-form-urlencoded',
            body,
          },
        ),
      )
      if (status < 200 || status > 299)
        throw new SiegelError('server-refused', { host, detail: `HTTP ${status}` })
    },
  }
}

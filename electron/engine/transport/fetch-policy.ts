import { toFailure } from '../../../shared/kit/result'
import type { GateRequest, NetworkGate } from '../ports/net/gate'
import type { DnsAsker } from '../ports/net/transport'
import { type PolicyDocument, parsePolicy } from './mta-sts'

/** RFC 8461 §3.3 suggests a minute for servers; a person who writes does not wait that long. */
const FETCH_TIMEOUT_MS = 8_000
/** RFC 8461 §3.3 suggests this limit. */
const MAXIMUM_POLICY_BYTES = 64_000

type PolicyFetched = Readonly<{ policy: PolicyDocument | null; finding: string }>
/** Fetches the policy of a domain. Never rejects. */
export type FetchPolicy = (domain: string, asker: DnsAsker) => Promise<PolicyFetched>

/** Fetches over the gate, with the place permitted for just that long; its certificate is judged by the authorities. */
export function createPolicyFetch(deps: {
  gate: Pick<NetworkGate, 'httpsGet'>
  policy: { permitDuring<T>(requests: readonly GateRequest[], work: () => Promise<T>): Promise<T> }
}): FetchPolicy {
  return async (domain, asker) => {
    const request: GateRequest = {
      accountId: asker.accountId,
      purpose: 'dns',
      host: `mta-sts.${domain}`,
      port: 443,
      publicOnly: true,
    }
    try {
      const { status, body, contentType } = await deps.policy.permitDuring([request], () =>
        deps.gate.httpsGet(
          { ...request, path: '/.well-known/mta-sts.txt' },
          {
            timeoutMs: FETCH_TIMEOUT_MS,
            maxBytes: MAXIMUM_POLICY_BYTES,
            accept: 'text/plain',
            // §3.3: redirects must not be followed.
            maxRedirects: 0,
            ...(asker.signal ? { signal: asker.signal } : {}),
          },
        ),
      )
      if (status !== 200) return { policy: null, finding: `HTTP ${status}` }
      if (!/^text\/plain\s*(;|$)/i.test(contentType)) return { policy: null, finding: 'not text/plain' }
      const policy = parsePolicy(body)
      return { policy, finding: policy ? `mode ${policy.mode}, mx ${policy.mx.join(' ')}` : 'not a policy' }
    } catch (error) {
      const { code, params } = toFailure(error)
      const more = params['reason'] ?? params['detail']
      return { policy: null, finding: more === undefined ? code : `${code}: ${more}` }
    }
  }
}

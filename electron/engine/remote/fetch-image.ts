import type { AccountId } from '../../../shared/kit/ids'
import type { GateRequest, NetworkGate } from '../ports/net/gate'
import type { RemoteImage } from '../ports/net/remote'
import { imageFacts } from './image-facts'
import { type RemoteTarget, redirectedTo, type TargetRules } from './remote-target'

/** What fetching needs of the network. */
export type FetchDeps = Readonly<{
  gate: Pick<NetworkGate, 'httpsGet'>
  /** Permits exactly these requests until the work is settled. */
  permitDuring: <T>(requests: readonly GateRequest[], work: () => Promise<T>) => Promise<T>
  rules: TargetRules
}>

/** Redirects that are followed, each to a place that passes the same rules. */
const maxRedirects = 3

/** One shape for every request, whatever the message and the machine. */
const accept = 'image/avif,image/webp,image/png,image/jpeg,image/gif'

/**
 * Fetches one image by the way of its account and looks at its bytes. Null when the answer is no image that is shown;
 * rejects with the gate's codes. Each hop is permitted alone, for as long as it lasts.
 */
export async function fetchImage(
  deps: FetchDeps,
  accountId: AccountId,
  first: RemoteTarget,
  limits: { endsAtMs: number; maxBytes: number; signal: AbortSignal },
): Promise<RemoteImage | null> {
  let target = first
  for (let redirects = 0; redirects <= maxRedirects; redirects++) {
    const { host, port, path } = target
    const request: GateRequest = { accountId, purpose: 'remote-content', host, port }
    const answer = await deps.permitDuring([request], () =>
      deps.gate.httpsGet(
        { ...request, path },
        {
          timeoutMs: Math.max(1, limits.endsAtMs - performance.now()),
          maxBytes: limits.maxBytes,
          accept,
          signal: limits.signal,
          reportRedirect: 'upgraded',
        },
      ),
    )
    if (answer.redirect === undefined) {
      const facts = answer.status === 200 ? imageFacts(answer.body) : null
      return facts && { ...facts, bytes: answer.body }
    }
    const next = redirectedTo(answer.redirect, deps.rules)
    if (next === null) return null
    target = next
  }
  return null
}

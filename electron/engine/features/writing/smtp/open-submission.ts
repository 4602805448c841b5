import type { ServerEndpoint } from '../../../../../shared/features/accounts/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import type { GateRequest, GateSocket, NetworkGate } from '../../../ports/net/gate'
import { requestStartTls } from './smtp-probe'

/** A submission server behind verified TLS. `greeted`: the greeting was read already, and after STARTTLS there is no other. */
export type SubmissionStream = Readonly<{ socket: GateSocket; greeted: boolean }>

/**
 * Dials a submission server and has TLS before anything secret can be said: implicit, or STARTTLS that must be offered
 * and accepted (RFC 8314 §3.3). Throws the gate's codes, `starttls-missing`, `starttls-injection`, `server-unavailable`.
 */
export async function openSubmission(
  gate: NetworkGate,
  server: { accountId: AccountId | null; endpoint: ServerEndpoint; caPem: string | null },
  options: { timeoutMs: number; signal?: AbortSignal },
): Promise<SubmissionStream> {
  const { endpoint, accountId, caPem } = server
  const request: GateRequest = { accountId, purpose: 'smtp', host: endpoint.host, port: endpoint.port }
  const trust = { serverName: endpoint.host, caPem }
  if (endpoint.security === 'tls')
    return { socket: await gate.dialTls(request, trust, options), greeted: false }

  const clear = await gate.dialClear(request, options)
  const cancel = () => clear.stream.destroy()
  options.signal?.addEventListener('abort', cancel)
  try {
    await requestStartTls(clear.stream, options.timeoutMs)
    return { socket: await gate.upgrade(clear, trust, { timeoutMs: options.timeoutMs }), greeted: true }
  } catch (error) {
    clear.stream.destroy()
    throw options.signal?.aborted ? new SiegelError('cancelled', {}, { cause: error }) : error
  } finally {
    options.signal?.removeEventListener('abort', cancel)
  }
}

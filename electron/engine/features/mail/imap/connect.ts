import { ImapFlow } from 'imapflow'
import type { MailService } from '../../../../../shared/features/accounts/model'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'
import { limits } from '../../../ports/limits'
import type { NetworkGate } from '../../../ports/net/gate'
import { gateTransport } from './gate-transport'
import { textsOf } from './tokens'
import { atom, Wire } from './wire'

/** Name look-up, connect and TLS handshake; Tor needs most of it. */
const dialTimeoutMs = 60_000
/** From the open connection to the greeting. */
const greetingTimeoutMs = 30_000

/**
 * Dials through the gate, reads the greeting, starts TLS where the account says STARTTLS, signs in, enables
 * QRESYNC. Nothing secret is said before TLS. Throws network, TLS and certificate codes, `starttls-missing`,
 * `starttls-injection`, `preauth-refused`, `login-refused`, `login-not-now`, `login-unsupported`, `server-unavailable`.
 */
export async function connectImap(
  gate: NetworkGate,
  account: { id: AccountId; mail: MailService; password: string; wasAccepted?: boolean },
  signal?: AbortSignal,
): Promise<{ wire: Wire; qresync: boolean }> {
  const { host, port, security } = account.mail.imap
  const request = { accountId: account.id, purpose: 'imap' as const, host, port }
  const trust = { serverName: host, caPem: account.mail.caPem }
  const dialOptions = { timeoutMs: dialTimeoutMs, ...(signal ? { signal } : {}) }
  const socket =
    security === 'tls'
      ? await gate.dialTls(request, trust, dialOptions)
      : await gate.dialClear(request, dialOptions)

  const client = new ImapFlow({
    host,
    port,
    secure: security === 'tls',
    ...(security === 'starttls' ? { doSTARTTLS: true } : {}),
    transport: gateTransport({ gate, socket, trust, timeoutMs: dialTimeoutMs }),
    auth: { user: account.mail.userName, pass: account.password },
    // All empty: the client says ID NIL (RFC 2971 §3.1) and nothing about itself.
    clientInfo: { name: '', version: '', vendor: '', 'support-url': '' },
    logger: false,
    disableAutoIdle: true,
    disableCompression: true,
    // We enable what we use ourselves; IMAP4rev2 and UTF8=ACCEPT would change how names and searches are written.
    disableAutoEnable: true,
    disableIMAP4rev2: true,
    disableBinary: true,
    connectionTimeout: dialTimeoutMs,
    greetingTimeout: greetingTimeoutMs,
    // The watchdog is ours (`Wire`): imapflow's would end an IDLE that it did not start.
    socketTimeout: 40 * 60_000,
    maxLineLength: limits.imapResponseBytes,
    maxLiteralSize: limits.imapLiteralBytes,
    maxResponseSize: limits.imapLiteralBytes + limits.imapResponseBytes,
  })
  const wire = new Wire(client, { host, port }, account.wasAccepted)
  const abort = () => wire.destroy(new SiegelError('cancelled'))
  signal?.addEventListener('abort', abort, { once: true })
  try {
    if (signal?.aborted) throw new SiegelError('cancelled')
    const connected = client.connect()
    // PREAUTH skips the login: whoever sends it decides whose mail this is (and skips STARTTLS, RFC 3501 §7.1.4).
    wire.client.untaggedHandlers.PREAUTH = () =>
      wire.destroy(new SiegelError('preauth-refused', { host, port }))
    await connected
    return { wire, qresync: await enableQresync(wire) }
  } catch (error) {
    client.close()
    socket.stream.destroy()
    throw wire.errorOf(error)
  } finally {
    signal?.removeEventListener('abort', abort)
  }
}

async function enableQresync(wire: Wire): Promise<boolean> {
  if (!wire.has('QRESYNC') || !wire.has('ENABLE')) return false
  const enabled = new Set<string>()
  try {
    await wire.run('ENABLE', [atom('CONDSTORE'), atom('QRESYNC')], {
      untagged: {
        ENABLED: response => {
          for (const name of textsOf(response.attributes ?? [])) enabled.add(name.toUpperCase())
        },
      },
    })
  } catch (error) {
    // A server that offers QRESYNC and refuses it is one without; a dead connection is not.
    if (error instanceof SiegelError && error.code === 'server-refused') return false
    throw error
  }
  return enabled.has('QRESYNC')
}

import type { Duplex } from 'node:stream'
import type {
  ConnectionTestReport,
  MailService,
  ServerEndpoint,
} from '../../../../../shared/features/accounts/model'
import { certificateProblemOf } from '../../../../../shared/features/network/certificate-problem'
import type { AccountId } from '../../../../../shared/kit/ids'
import { type ErrorCode, SiegelError, toFailure } from '../../../../../shared/kit/result'
import type { GateRequest, GateSocket, NetworkGate } from '../../../ports/net/gate'
import type { TemporaryPermits } from './discover-account'

type ServerReport = ConnectionTestReport['imap']
type StepName = ServerReport['steps'][number]['step']

/** What a test says in one protocol: `features/accounts/discovery/imap-probe.ts` and `features/writing/smtp/smtp-probe.ts` are the real ones. */
type ProtocolProbe = {
  /** Asks for TLS on a clear stream and leaves it ready for the gate's `upgrade`. */
  startTls(stream: Duplex, timeoutMs: number): Promise<void>
  meet(
    stream: Duplex,
    options: { afterStartTls: boolean; timeoutMs: number },
  ): Promise<{
    capabilities: readonly string[]
    /** Answers the capabilities after the login. */
    login(userName: string, password: string): Promise<readonly string[]>
    /** What a signed-in session needs besides; throws with the words of a server that refuses it. */
    afterLogin?(capabilities: readonly string[]): Promise<void>
    /** What the server lacks that Siegel cannot do without, or null; and what it has, in words. */
    verdict(capabilities: readonly string[]): { missing: string | null; detail: string }
  }>
}

export type ConnectionTestDeps = Readonly<{
  gate: NetworkGate
  policy: TemporaryPermits
  probes: { imap: ProtocolProbe; smtp: ProtocolProbe }
  /** For each of connecting, TLS, and an answer. */
  timeoutMs?: number
}>

const USUAL_TIMEOUT_MS = 15_000
const stepNames: readonly StepName[] = ['name', 'port', 'tls', 'certificate', 'login', 'capability']

/**
 * Tries both servers of a mail service step by step and says which step failed and why. The password goes out only
 * behind a verified certificate; `null` stops before the login. Failures are in the report, nothing is thrown for them.
 */
export async function testConnection(
  deps: ConnectionTestDeps,
  input: { mail: MailService; password: string | null; accountId?: AccountId | null },
): Promise<ConnectionTestReport> {
  const { mail } = input
  const request = (protocol: 'imap' | 'smtp'): GateRequest => {
    const { host, port } = mail[protocol]
    // An account that exists is tried by its own way; a test must not show what sync hides.
    return { accountId: input.accountId ?? null, purpose: protocol, host, port }
  }
  return deps.policy.permitDuring([request('imap'), request('smtp')], async () => {
    const [imap, smtp] = await Promise.all([
      testServer(deps, 'imap', request('imap'), input),
      testServer(deps, 'smtp', request('smtp'), input),
    ])
    return { ok: imap.ok && smtp.ok, imap, smtp }
  })
}

async function testServer(
  deps: ConnectionTestDeps,
  protocol: 'imap' | 'smtp',
  request: GateRequest,
  { mail, password }: { mail: MailService; password: string | null },
): Promise<ServerReport> {
  const { gate } = deps
  const timeoutMs = deps.timeoutMs ?? USUAL_TIMEOUT_MS
  const probe = deps.probes[protocol]
  const endpoint = mail[protocol]
  const report = emptyReport(protocol, endpoint)
  const pass = (step: StepName, detail = '') =>
    report.steps.push({ step, outcome: 'ok', code: null, detail: detail.slice(0, 1000) })
  const fail = (step: StepName, code: ErrorCode, detail: string) =>
    report.steps.push({ step, outcome: 'failed', code, detail: detail.slice(0, 1000) })
  let current: StepName = 'name'
  let socket: GateSocket | null = null
  try {
    socket = await gate.dialClear(request, { timeoutMs })
    pass('name', endpoint.host)
    pass('port', `${endpoint.host}:${endpoint.port}`)
    current = 'tls'
    const afterStartTls = endpoint.security === 'starttls'
    if (afterStartTls) await probe.startTls(socket.stream, timeoutMs)
    socket = await gate.upgrade(socket, { serverName: endpoint.host, caPem: mail.caPem }, { timeoutMs })
    report.tls = socket.tls && { version: socket.tls.version, cipher: socket.tls.cipher }
    pass('tls', `${socket.tls?.version} ${socket.tls?.cipher}`)
    pass('certificate', socket.tls?.fingerprint256)
    current = 'capability'
    const met = await probe.meet(socket.stream, { afterStartTls, timeoutMs })
    report.capabilities = [...met.capabilities].slice(0, 200)
    if (password !== null) {
      current = 'login'
      report.capabilities = [...(await met.login(mail.userName, password))].slice(0, 200)
      pass('login')
      current = 'capability'
      await met.afterLogin?.(report.capabilities)
    } else report.steps.push({ step: 'login', outcome: 'skipped', code: null, detail: '' })
    current = 'capability'
    const { missing, detail } = met.verdict(report.capabilities)
    if (missing === null) pass('capability', detail)
    else fail('capability', 'capability-missing', missing)
  } catch (error) {
    const failure = toFailure(
      current === 'tls' ? await otherBeginning(deps, protocol, request, mail, error) : error,
    )
    report.certificate = certificateProblemOf(failure)
    if (report.certificate) {
      pass('tls')
      current = 'certificate'
    } else if (current === 'name' && failure.code !== 'name-unresolved') {
      // The name was found, or was never asked for because the gate said no.
      pass('name', endpoint.host)
      current = 'port'
    }
    const more = failure.params['detail'] ?? failure.params['reason'] ?? failure.params['timeoutMs']
    fail(current, failure.code, more === undefined ? '' : String(more))
  } finally {
    socket?.stream.destroy()
  }
  report.ok = report.steps.every(step => step.outcome !== 'failed')
  report.steps.push(
    ...stepNames
      .filter(name => !report.steps.some(step => step.step === name))
      .map(name => ({ step: name, outcome: 'skipped' as const, code: null, detail: '' })),
  )
  report.steps.sort((a, b) => stepNames.indexOf(a.step) - stepNames.indexOf(b.step))
  return report
}

/** A server that waits for the other way of beginning TLS says nothing of use: the port is tried that way, without a word of ours. */
const OTHER_WAY_TIMEOUT_MS = 5_000
/** What a failed beginning looks like when the other way was meant: no TLS in the answer, or no answer. */
const maybeOther: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'tls-failed',
  'protocol-violation',
  'connection-timeout',
  'connection-lost',
  'starttls-missing',
])

/**
 * The error of a failed beginning of TLS, or in its place that the port speaks the other way: `expects-starttls` where it
 * greets in clear and offers STARTTLS, `expects-tls` where it answers a TLS hello at once.
 */
async function otherBeginning(
  { gate, probes }: ConnectionTestDeps,
  protocol: 'imap' | 'smtp',
  request: GateRequest,
  mail: MailService,
  error: unknown,
): Promise<unknown> {
  const { code } = toFailure(error)
  if (!maybeOther.has(code)) return error
  const isStartTls = mail[protocol].security === 'starttls'
  let socket: GateSocket | null = null
  try {
    socket = await gate.dialClear(request, { timeoutMs: OTHER_WAY_TIMEOUT_MS })
    if (!isStartTls) {
      await probes[protocol].startTls(socket.stream, OTHER_WAY_TIMEOUT_MS)
      return new SiegelError('expects-starttls', { port: request.port })
    }
    const trust = { serverName: request.host, caPem: mail.caPem }
    socket = await gate.upgrade(socket, trust, { timeoutMs: OTHER_WAY_TIMEOUT_MS })
    return new SiegelError('expects-tls', { port: request.port })
  } catch (other) {
    // Whatever is wrong with its certificate, it is TLS that answered.
    const isTls = isStartTls && certificateProblemOf(toFailure(other)) !== null
    return isTls ? new SiegelError('expects-tls', { port: request.port }) : error
  } finally {
    socket?.stream.destroy()
  }
}

const emptyReport = (protocol: 'imap' | 'smtp', endpoint: ServerEndpoint): ServerReport => ({
  protocol,
  endpoint,
  ok: false,
  steps: [],
  certificate: null,
  tls: null,
  capabilities: [],
})

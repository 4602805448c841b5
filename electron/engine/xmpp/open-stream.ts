import { pbkdf2 } from 'node:crypto'
import { promisify } from 'node:util'
import { SiegelError, toFailure, withPlace } from '../../../shared/kit/result'
import type { Clock } from '../ports/basics'
import type { Element } from '../ports/chat/element'
import type { GateSocket, NetworkGate, TlsTrust } from '../ports/net/gate'
import type { GateRequest } from '../ports/net/gate-request'
import type { BindingOf } from './sasl/mechanisms'
import { preparedPassword } from './sasl/scram'
import type { Wire } from './session/session'
import {
  beginNegotiation,
  type Negotiated,
  type NegotiationAction,
  type NegotiationEvent,
  type NegotiationSetup,
  negotiate,
} from './stream/negotiation'
import { isStreamError, readStreamError } from './stream/stream-error'
import { StreamParser, type StreamPart } from './xml/stream-parser'

const derive = promisify(pbkdf2)

const dialMs = 30_000
const loginMs = 30_000
/** Tor takes this much longer. */
const slowFactor = 3

/** A login that was refused as a token was used, or a stream that is worth nothing any more. */
export type StreamLoss = Readonly<{ error: SiegelError; otherHost: string | null; forgetsResume: boolean }>

/** A stream that is ready, and what becomes of it. */
export type OpenStream = Readonly<{
  negotiated: Negotiated
  wire: Wire
  socket: GateSocket
  /** Hands over every element from the first one behind the negotiation on; called once, at once. */
  begin(receive: (element: Element) => void): void
  /** Resolves when the stream is gone, with the reason. Never rejects. */
  ended: Promise<StreamLoss>
}>

type Asked = Readonly<{
  gate: NetworkGate
  clock: Clock
  request: GateRequest
  trust: TlsTrust
  setup: NegotiationSetup
  isSlow: boolean
  signal: AbortSignal
  onAuthenticating: () => void
}>

/** Carried through a rejection, so that whoever asks next knows it. */
export class StreamNotOpened extends Error {
  readonly loss: StreamLoss
  constructor(loss: StreamLoss) {
    super(loss.error.message)
    this.loss = loss
  }
}

/**
 * Dials one place and brings it to a stream for stanzas. Rejects with `StreamNotOpened`. Bytes that were there before TLS are never read as
 * if they came after it: nothing listens while the handshake goes on, and the gate refuses what waits unread.
 */
export async function openStream(asked: Asked): Promise<OpenStream> {
  const { gate, request, trust, setup, isSlow, signal } = asked
  const factor = isSlow ? slowFactor : 1
  const place = { host: request.host, port: request.port }
  const failure = (error: unknown, otherHost: string | null = null, forgetsResume = false) =>
    new StreamNotOpened({
      error: withPlace(
        error instanceof SiegelError ? error : new SiegelError('internal', { fault: toFailure(error).code }),
        place,
        error,
      ),
      otherHost,
      forgetsResume,
    })
  let socket: GateSocket
  try {
    const options = { timeoutMs: dialMs * factor, signal }
    socket =
      setup.security === 'tls'
        ? await gate.dialTls(request, trust, options)
        : await gate.dialClear(request, options)
  } catch (error) {
    throw failure(error)
  }

  let parser = new StreamParser()
  let state = beginNegotiation(setup)
  let receive: ((element: Element) => void) | null = null
  /** What came in the same piece as the end of the negotiation. */
  const left: StreamPart[] = []
  let isOver = false
  const ended = Promise.withResolvers<StreamLoss>()
  const opened = Promise.withResolvers<Negotiated>()
  // Whoever waits hears of it; until then it is no unhandled one.
  opened.promise.catch(() => undefined)

  const end = (
    error: SiegelError,
    otherHost: string | null = null,
    forgetsResume = false,
    goodbye: string | null = null,
  ): void => {
    if (isOver) return
    isOver = true
    deadline.abort()
    socket.stream.removeAllListeners('data')
    if (goodbye === null) socket.stream.destroy()
    else socket.stream.end(goodbye, () => socket.stream.destroy())
    const lost = failure(error, otherHost, forgetsResume)
    opened.reject(lost)
    ended.resolve(lost.loss)
  }
  const bindingOf =
    (from: GateSocket): BindingOf =>
    type =>
      from.tls?.channelBinding?.(type) ?? null

  const write = (text: string | Uint8Array): void => {
    if (!isOver && socket.stream.writable) socket.stream.write(text)
  }
  const happen = (event: NegotiationEvent): void => {
    const step = negotiate(state, event)
    state = step.state
    let forgetsResume = false
    for (const action of step.actions) {
      if (action.kind === 'forget-resume') forgetsResume = true
      else if (action.kind === 'fail') end(action.error, action.otherHost, forgetsResume)
      else act(action)
    }
  }
  const act = (action: Exclude<NegotiationAction, { kind: 'forget-resume' | 'fail' }>): void => {
    switch (action.kind) {
      case 'write':
        write(action.text)
        return
      case 'restart':
        parser = new StreamParser()
        asked.onAuthenticating()
        return
      case 'upgrade':
        deaf()
        gate.upgrade(socket, trust, { timeoutMs: dialMs * factor }).then(
          secured => {
            socket = secured
            listen()
            happen({ kind: 'secured', binding: bindingOf(secured) })
          },
          (error: unknown) => end(failure(error).loss.error),
        )
        return
      case 'salt': {
        const length = action.hash === 'sha1' ? 20 : 32
        derive(preparedPassword(setup.password), action.salt, action.iterations, length, action.hash).then(
          key => happen({ kind: 'salted', key }),
          () => end(new SiegelError('internal', { fault: 'pbkdf2' })),
        )
        return
      }
      case 'bound':
        deadline.abort()
        // From here on whoever has the stream says goodbye before it ends.
        signal.removeEventListener('abort', onAbort)
        opened.resolve(action.bound)
        return
    }
  }
  const take = (part: StreamPart): void => {
    if (isOver) return
    if (state.phase.at !== 'done') happen({ kind: 'part', part })
    else if (receive === null) left.push(part)
    else stanza(part, receive)
  }
  const stanza = (part: StreamPart, to: (element: Element) => void): void => {
    if (part.kind === 'end')
      end(new SiegelError('connection-lost', { detail: 'the server ended the stream' }))
    else if (part.kind === 'element' && isStreamError(part.element)) {
      const { error, otherHost } = readStreamError(part.element)
      end(error, otherHost)
    } else if (part.kind === 'element') to(part.element)
    else end(new SiegelError('protocol-violation', { detail: 'a second stream' }))
  }
  const onData = (bytes: Buffer): void => {
    try {
      for (const part of parser.feed(bytes)) take(part)
    } catch (error) {
      if (!(error instanceof SiegelError)) throw error
      end(error)
    }
  }
  const onClose = (): void => end(new SiegelError('connection-lost'))
  const onError = (error: Error): void => end(new SiegelError('connection-lost', {}, { cause: error }))
  const listen = (): void => {
    socket.stream.on('data', onData)
    socket.stream.on('end', onClose)
    socket.stream.on('close', onClose)
    socket.stream.on('error', onError)
  }
  const deaf = (): void => {
    socket.stream.removeListener('data', onData)
    socket.stream.removeListener('end', onClose)
    socket.stream.removeListener('close', onClose)
    socket.stream.removeListener('error', onError)
  }

  const deadline = new AbortController()
  const onAbort = () => end(new SiegelError('cancelled'))
  signal.addEventListener('abort', onAbort, { once: true })
  asked.clock.sleep((loginMs + (setup.security === 'starttls' ? dialMs : 0)) * factor, deadline.signal).then(
    () => end(new SiegelError('connection-timeout', { timeoutMs: loginMs * factor })),
    () => undefined,
  )
  listen()
  if (setup.security === 'tls') asked.onAuthenticating()
  happen({ kind: 'connected', binding: setup.security === 'tls' ? bindingOf(socket) : null })
  const negotiated = await opened.promise
  const wire: Wire = {
    write,
    pause: () => socket.stream.pause(),
    resume: () => socket.stream.resume(),
    finish: () => end(new SiegelError('cancelled'), null, false, '</stream:stream>'),
    fail: error => end(error),
    isSlow,
  }
  return {
    ...{ negotiated, wire, socket, ended: ended.promise },
    begin: to => {
      receive = to
      for (const part of left.splice(0)) if (!isOver) stanza(part, to)
    },
  }
}

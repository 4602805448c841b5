import { isSameJid, parseJid } from '../../../../shared/kit/jid'
import { SiegelError } from '../../../../shared/kit/result'
import type { Clock, Random } from '../../ports/basics'
import { attributeOf, childOf, childrenOf, type Element, el, textOf } from '../../ports/chat/element'
import { clientNamespace } from '../../ports/chat/serialize'
import type { IqOptions } from '../../ports/chat/xmpp-session'

/** Servers refuse or delay more at once, and one slow answer would hold all others. */
const mostInFlight = 10
/** Whoever asks more has gone wild. */
const mostWaiting = 1_000

type Asked = Readonly<{
  element: Element
  to: string | null
  timeoutMs: number
  resolve: (answer: Element) => void
  reject: (error: SiegelError) => void
}>

type Deps = Readonly<{
  clock: Clock
  random: Random
  bareJid: string
  write: (element: Element) => void
  usualTimeoutMs: number
}>

/** Questions to servers and peers, and their answers (RFC 6120 §8.2.3). An answer counts from whom it was asked of only. */
export class IqTable {
  readonly #deps: Deps
  readonly #open = new Map<string, Asked & { timer: AbortController }>()
  readonly #waiting: Asked[] = []

  constructor(deps: Deps) {
    this.#deps = deps
  }

  ask(payload: Element, { to = null, type = 'get', timeoutMs }: IqOptions = {}): Promise<Element> {
    return new Promise((resolve, reject) => {
      if (this.#waiting.length >= mostWaiting) {
        reject(new SiegelError('server-unavailable', { detail: 'too many questions wait' }))
        return
      }
      const id = Buffer.from(this.#deps.random.bytes(9)).toString('base64url')
      const element = el('iq', clientNamespace, { type, id, ...(to === null ? {} : { to }) }, payload)
      this.#waiting.push({ element, to, timeoutMs: timeoutMs ?? this.#deps.usualTimeoutMs, resolve, reject })
      this.#next()
    })
  }

  /** Takes an answer; false where nobody asked for it, or somebody else than who was asked gave it. */
  answer(element: Element): boolean {
    const id = attributeOf(element, 'id') ?? ''
    const asked = this.#open.get(id)
    if (!asked || !this.#isFrom(attributeOf(element, 'from'), asked.to)) return false
    this.#close(id, asked)
    if (attributeOf(element, 'type') === 'result') asked.resolve(element)
    else asked.reject(stanzaError(element))
    return true
  }

  /** The stream is gone, and with it every answer. */
  fail(error: SiegelError): void {
    for (const asked of this.#waiting.splice(0)) asked.reject(error)
    for (const [id, asked] of [...this.#open]) {
      this.#open.delete(id)
      asked.timer.abort()
      asked.reject(error)
    }
  }

  #next(): void {
    while (this.#open.size < mostInFlight) {
      const asked = this.#waiting.shift()
      if (!asked) return
      const id = attributeOf(asked.element, 'id') ?? ''
      const timer = new AbortController()
      this.#open.set(id, { ...asked, timer })
      this.#deps.write(asked.element)
      this.#deps.clock.sleep(asked.timeoutMs, timer.signal).then(
        () => {
          const open = this.#open.get(id)
          if (!open) return
          this.#close(id, open)
          open.reject(new SiegelError('connection-timeout', { timeoutMs: asked.timeoutMs }))
        },
        () => undefined,
      )
    }
  }

  #close(id: string, asked: { timer: AbortController }): void {
    this.#open.delete(id)
    asked.timer.abort()
    this.#next()
  }

  #isFrom(from: string | undefined, to: string | null): boolean {
    const own = this.#deps.bareJid
    // §8.1.2.1: without an address it is from the own account; so it is for a question to it.
    if (to === null || isSameJid(to, own)) return from === undefined || isSameJid(from, own)
    if (from === undefined) return isSameJid(to, parseJid(own)?.domain ?? '')
    return isSameJid(from, to)
  }
}

/** The error of a stanza (RFC 6120 §8.3): its condition in `serverCode`, its words in `detail`. */
function stanzaError(element: Element): SiegelError {
  const error = childOf(element, 'error', clientNamespace)
  const conditions = childrenOf(error, 'urn:ietf:params:xml:ns:xmpp-stanzas')
  const condition = conditions.find(({ name }) => name !== 'text')?.name ?? 'undefined-condition'
  const detail = textOf(conditions.find(({ name }) => name === 'text')).slice(0, 200)
  return new SiegelError(
    'server-refused',
    { serverCode: condition.slice(0, 60), ...(detail ? { detail } : {}) },
    { retryable: attributeOf(error, 'type') === 'wait' },
  )
}

/** Refuses a request (RFC 6120 §8.3.1). */
export const refuse = (
  request: Element,
  condition: 'service-unavailable' | 'bad-request' | 'forbidden' | 'resource-constraint',
): Element =>
  el(
    'iq',
    clientNamespace,
    { type: 'error', id: attributeOf(request, 'id'), to: attributeOf(request, 'from') },
    el(
      'error',
      clientNamespace,
      { type: condition === 'bad-request' ? 'modify' : 'cancel' },
      el(condition, 'urn:ietf:params:xml:ns:xmpp-stanzas'),
    ),
  )

import type { ImapFlow } from 'imapflow'
import { SiegelError } from '../../../../../shared/kit/result'
import { mapImapError } from './map-error'
import type { WireResponse } from './tokens'

/** Compiler input of imapflow: an argument of a command. */
export type Argument =
  | Readonly<{
      type: 'ATOM' | 'STRING' | 'LITERAL' | 'SEQUENCE'
      value: string | Buffer
      section?: readonly Argument[]
      partial?: readonly number[]
    }>
  | readonly Argument[]

export type UntaggedHandlers = Readonly<Record<string, (response: WireResponse) => void | Promise<void>>>

/**
 * The inner door of imapflow that its types leave out: one command, its untagged answers, its tagged end. The
 * public methods turn some failures into `false` or retry on their own; this one says what the server said.
 * The version is pinned, and `test/unit/electron/engine/features/mail/imap/wire.test.ts` holds the shape.
 */
export type ImapFlowWire = ImapFlow & {
  exec(
    command: string,
    attributes: readonly Argument[] | false,
    options?: { untagged?: UntaggedHandlers; onPlusTag?: () => Promise<void>; onSend?: () => void },
  ): Promise<{ response: WireResponse; next(): void }>
  write(line: string): void
  readonly untaggedHandlers: Record<string, ((response: WireResponse) => unknown) | null>
  readonly capabilities: ReadonlyMap<string, unknown>
  readonly writeSocket: { writableLength?: number } | false
  readonly isClosed: boolean
}

/** A command that moves no byte for this long is dead: well above a slow SEARCH on a big mailbox. */
const defaultStallMs = 120_000
const stallCheckMs = 5_000

/** One command after the other on one connection, with a watchdog, and errors as SiegelError. */
export class Wire {
  readonly client: ImapFlowWire
  /** Set while a row waits for its reader: the silence is ours, not the server's. */
  parked = false
  readonly #facts: Readonly<Record<string, string | number>>
  readonly #wasAccepted: boolean
  #lastError: unknown = null

  /** `wasAccepted`: the server took the password of this login before. */
  constructor(client: ImapFlow, facts: Readonly<Record<string, string | number>>, wasAccepted = false) {
    this.client = client as ImapFlowWire
    this.#facts = facts
    this.#wasAccepted = wasAccepted
    // After connect an error comes as event, and the pending command only hears that the connection is gone.
    client.on('error', error => {
      this.#lastError ??= error
    })
  }

  get closed(): boolean {
    return this.client.isClosed
  }

  has(capability: string): boolean {
    return this.client.capabilities.has(capability)
  }

  /** Ends the connection at once; whatever is pending fails with `reason`. */
  destroy(reason?: SiegelError): void {
    if (reason) this.#lastError ??= reason
    this.client.close()
  }

  /**
   * Sends a command and resolves with the tagged OK. Throws SiegelError for NO, BAD, BYE, a lost connection, and
   * what a handler threw (after the command ended).
   */
  async run(
    command: string,
    args: readonly Argument[] = [],
    options: { untagged?: UntaggedHandlers; onPlus?: () => void; stallMs?: number } = {},
  ): Promise<WireResponse> {
    const failures: unknown[] = []
    const untagged: Record<string, (response: WireResponse) => Promise<void>> = {}
    for (const [name, handler] of Object.entries(options.untagged ?? {})) {
      untagged[name] = async response => {
        // imapflow swallows what a handler throws.
        try {
          await handler(response)
        } catch (error) {
          failures.push(error)
        }
      }
    }
    const watchdog = this.#watch(options.stallMs ?? defaultStallMs)
    try {
      const { response, next } = await this.client.exec(command, args.length > 0 ? args : false, {
        untagged,
        ...(options.onPlus ? { onPlusTag: async () => options.onPlus?.() } : {}),
      })
      next()
      if (failures.length > 0) throw failures[0]
      return response
    } catch (error) {
      throw this.errorOf(error)
    } finally {
      clearInterval(watchdog)
    }
  }

  /** The SiegelError for an error of this connection, with the true cause when the connection died of one. */
  errorOf(error: unknown): SiegelError {
    const map = (each: unknown) => mapImapError(each, this.#facts, { wasAccepted: this.#wasAccepted })
    const mapped = map(error)
    return mapped.code === 'connection-lost' && this.#lastError !== null ? map(this.#lastError) : mapped
  }

  #watch(stallMs: number): NodeJS.Timeout {
    let seen = this.#progress()
    let quietMs = 0
    return setInterval(() => {
      const now = this.#progress()
      quietMs = now === seen && !this.parked ? quietMs + stallCheckMs : 0
      seen = now
      if (quietMs >= stallMs) this.destroy(new SiegelError('connection-timeout', this.#facts))
    }, stallCheckMs).unref()
  }

  #progress(): number {
    const { sent, received } = this.client.stats()
    return received + sent - (this.client.writeSocket ? (this.client.writeSocket.writableLength ?? 0) : 0)
  }
}

/** A mailbox name or other text: quoted when it may be, otherwise a literal. */
export function text(value: string): Argument {
  return /^[\x20-\x7e]*$/.test(value) && value.length < 1000
    ? { type: 'STRING', value }
    : { type: 'LITERAL', value: Buffer.from(value, 'utf8') }
}

/** A keyword, flag or item name. Only for words of our own or checked ones. */
export function atom(value: string): Argument {
  return { type: 'ATOM', value }
}

/** A UID set made by `uidSets`. */
export function sequence(value: string): Argument {
  return { type: 'SEQUENCE', value }
}

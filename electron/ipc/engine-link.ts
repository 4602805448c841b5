import {
  type CallInput,
  type CallOutput,
  type EngineCallName,
  type EventName,
  type EventPayload,
  events,
} from '../../shared/ipc/contract'
import {
  type ContentCallName,
  fromEngine,
  sealedContent,
  type ToEngine,
} from '../../shared/ipc/engine-messages'
import type { PageQuestion } from '../../shared/ipc/page-question'
import { assertNever } from '../../shared/kit/assert-never'
import { asError, failed, makeFailure, ok, type Result, SiegelError } from '../../shared/kit/result'
import type { Log } from '../log/log'
import { ContentKey } from '../sealing/sealed-content'

/** The engine's process as main sees it. `compose.ts` makes one from Electron's utilityProcess. */
export type EngineProcess = {
  /** `port`: an end of a channel that goes along. */
  post(message: ToEngine, port?: unknown): void
  /** Called for every message, in order. */
  onMessage(listener: (message: unknown) => void): void
  /** Called once, however the process ended. */
  onExit(listener: (exitCode: number) => void): void
  kill(): void
}

export type EngineLinkParts = Readonly<{
  fork: () => EngineProcess
  /** Development and tests: answers to the page are parsed as well. */
  checksOutput: boolean
  log: Log
  emit: <N extends EventName>(name: N, payload: EventPayload<N>) => void
  /** Asks the person in a window of main's own, for a call of the page. */
  confirm: (question: PageQuestion) => Promise<boolean>
  /** The process ended although nobody asked it to. */
  onCrash: (exitCode: number) => void
}>

/** How long the engine may take to finish what it is writing. */
const closeTimeoutMs = 10_000

/** Events that only main may send; from the engine they would be a lie about the profile. */
const ownEvents: ReadonlySet<EventName> = new Set<EventName>(['app', 'prefs', 'command'])

type Waiting = (result: Result<unknown>) => void

/**
 * One engine process from open to close. Calls have no time limit (a first sync may take an hour); they are
 * answered with `cancelled` when the process ends before they are done.
 */
export class EngineLink {
  readonly #parts: EngineLinkParts
  readonly #process: EngineProcess
  readonly #waiting = new Map<number, Waiting>()
  readonly #ended: Promise<void>
  #opened: { resolve: () => void; reject: (error: unknown) => void } | null = null
  #nextId = 0
  #state: 'starting' | 'open' | 'closing' | 'ended' = 'starting'

  constructor(parts: EngineLinkParts) {
    this.#parts = parts
    this.#process = parts.fork()
    this.#process.onMessage(message => this.#receive(message))
    this.#ended = new Promise(resolve => {
      this.#process.onExit(exitCode => {
        this.#end(exitCode)
        resolve()
      })
    })
  }

  /**
   * Opens the store; `vaultDoor` is how the engine asks the vault, for its key first. Throws what the engine refuses
   * with, e.g. `profile-in-use`, `store-newer`.
   */
  open(profileDirectory: string, profileId: string, vaultDoor: unknown): Promise<void> {
    const { checksOutput } = this.#parts
    return new Promise<void>((resolve, reject) => {
      this.#opened = { resolve, reject }
      this.#process.post({ kind: 'open', profileDirectory, profileId, checksOutput }, vaultDoor)
    })
  }

  /** Lets a page call over the port whose other end it has. */
  givePage(port: unknown): void {
    if (this.#state === 'open') this.#process.post({ kind: 'page' }, port)
  }

  /** Never rejects. */
  call<N extends EngineCallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    if (this.#state !== 'open') return Promise.resolve(failed(makeFailure('locked')))
    const id = this.#nextId++
    return new Promise<Result<unknown>>(resolve => {
      this.#waiting.set(id, resolve)
      this.#process.post({ kind: 'call', id, name, input })
    }) as Promise<Result<CallOutput<N>>>
  }

  /** Content of mail, the caller's to wipe; what passes between the processes is sealed. Never rejects. */
  async content<N extends ContentCallName>(name: N, input: CallInput<N>): Promise<Result<Buffer>> {
    if (this.#state !== 'open') return failed(makeFailure('locked'))
    const key = new ContentKey()
    const id = this.#nextId++
    const result = await new Promise<Result<unknown>>(resolve => {
      this.#waiting.set(id, resolve)
      this.#process.post({
        kind: 'content',
        id,
        name,
        input,
        publicKey: key.publicKey as Uint8Array<ArrayBuffer>,
      })
    })
    try {
      return result.ok ? ok(key.open(sealedContent.parse(result.value))) : result
    } catch (error) {
      this.#parts.log.error('content from the engine did not open', { error })
      return failed(makeFailure('internal', { fault: name }, { retryable: true }))
    } finally {
      key.forget()
    }
  }

  /** Ends the engine, by force when it does not end by itself. Safe to call twice. */
  async close(): Promise<void> {
    if (this.#state === 'ended') return
    if (this.#state !== 'closing') {
      this.#state = 'closing'
      this.#process.post({ kind: 'close' })
    }
    const timer = setTimeout(() => this.#process.kill(), closeTimeoutMs)
    await this.#ended
    clearTimeout(timer)
  }

  #receive(message: unknown): void {
    const parsed = fromEngine.safeParse(message)
    if (!parsed.success) {
      this.#parts.log.error('a message from the engine was not understood')
      return
    }
    const { data } = parsed
    switch (data.kind) {
      case 'opened':
        if (this.#state === 'starting') this.#state = 'open'
        this.#opened?.resolve()
        break
      case 'refused': {
        this.#opened?.reject(asError(data.error))
        break
      }
      case 'result':
        this.#waiting.get(data.id)?.(data.result)
        this.#waiting.delete(data.id)
        break
      case 'event':
        this.#forward(data.name, data.payload)
        break
      case 'ask':
        this.#ask(data.id, data.question)
        break
      default:
        assertNever(data)
    }
  }

  /** Whoever cannot be asked has not said yes. */
  #ask(id: number, question: PageQuestion): void {
    const answer = (yes: boolean) => {
      if (this.#state === 'open') this.#process.post({ kind: 'answer', id, yes })
    }
    this.#parts.confirm(question).then(answer, (error: unknown) => {
      this.#parts.log.error('a question could not be asked', { error })
      answer(false)
    })
  }

  #forward(name: EventName, payload: unknown): void {
    const parsed = events[name].safeParse(payload)
    if (parsed.success && !ownEvents.has(name)) this.#parts.emit(name, parsed.data as EventPayload<EventName>)
    else this.#parts.log.error('an event from the engine was refused', { name })
  }

  #end(exitCode: number): void {
    const isCrash = this.#state === 'open'
    this.#state = 'ended'
    this.#opened?.reject(
      new SiegelError('internal', { fault: 'engine-ended', exitCode }, { retryable: true }),
    )
    for (const resolve of this.#waiting.values())
      resolve(failed(makeFailure('cancelled', { detail: 'engine-ended' }, { retryable: true })))
    this.#waiting.clear()
    if (isCrash) this.#parts.onCrash(exitCode)
  }
}

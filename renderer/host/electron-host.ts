import type { CallInput, CallOutput, EventName, EventPayload, FaceCallName } from '../../shared/ipc/contract'
import { failed, makeFailure, type Result } from '../../shared/kit/result'
import type { BodyFrame, Host } from './host'

/** What the preload script puts on `window`. Types end at this door; `ElectronHost` gives them back. */
export interface Bridge {
  call(name: string, input: unknown): Promise<unknown>
  on(event: string, listener: (payload: unknown) => void): () => void
}

declare global {
  interface Window {
    readonly siegel?: Bridge
  }
}

/** The real program behind the preload bridge. Main has parsed every answer against the contract already. */
export class ElectronHost implements Host {
  readonly #bridge: Bridge

  constructor(bridge: Bridge) {
    this.#bridge = bridge
  }

  async call<N extends FaceCallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>> {
    try {
      return (await this.#bridge.call(name, input)) as Result<CallOutput<N>>
    } catch {
      // The door itself broke (main is going down, or refused an unknown channel): nothing to say but that.
      return failed(makeFailure('internal', { fault: name }))
    }
  }

  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void {
    return this.#bridge.on(name, payload => listener(payload as EventPayload<N>))
  }

  bodyFrame(messageId: number, attached: readonly string[]): BodyFrame {
    return { src: `mail-body://message/${[messageId, ...attached.map(encodeURIComponent)].join('/')}` }
  }
}

import type {
  CallInput,
  CallOutput,
  Contract,
  EventName,
  EventPayload,
  FaceCallName,
} from '../../shared/ipc/contract'
import type { Result } from '../../shared/kit/result'

/** Calls that only ask. Live queries repeat them whenever something changed. */
export type QueryName = {
  [N in FaceCallName]: Contract[N]['kind'] extends 'query' ? N : never
}[FaceCallName]

/** What a reader's frame shows: an address the window's protocol answers, or (demo only) the document itself. */
export type BodyFrame = Readonly<{ src: string } | { srcDoc: string }>

/**
 * Everything the interface may ask of the program around it. Two variants: `ElectronHost` speaks to the real
 * one, `FakeHost` lives in memory so that the interface runs in a plain browser.
 */
export interface Host {
  /** Never rejects: what can fail comes back as a value. */
  call<N extends FaceCallName>(name: N, input: CallInput<N>): Promise<Result<CallOutput<N>>>
  /** Returns the function that ends the subscription. */
  on<N extends EventName>(name: N, listener: (payload: EventPayload<N>) => void): () => void
  /** `attached`: the parts that lead to a message in the message. */
  bodyFrame(messageId: number, attached: readonly string[]): BodyFrame
}

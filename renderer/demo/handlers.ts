import type { CallInput, CallOutput, FaceCallName } from '../../shared/ipc/contract'

export type Handler<N extends FaceCallName> = (input: CallInput<N>) => CallOutput<N>

/** Answers to some of the calls. A call that nothing was made up for is refused: a new one need not know the demo. */
export type Handlers<N extends FaceCallName> = { [K in N]?: Handler<K> }

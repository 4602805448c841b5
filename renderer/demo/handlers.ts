import type { CallInput, CallOutput, FaceCallName } from '../../shared/ipc/contract'

export type Handler<N extends FaceCallName> = (input: CallInput<N>) => CallOutput<N>

/** Answers to some of the calls; together the groups answer every one (the compiler checks it). */
export type Handlers<N extends FaceCallName> = { [K in N]: Handler<K> }

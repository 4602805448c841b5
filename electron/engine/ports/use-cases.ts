import type { z } from 'zod'
import type { CallOutput, Contract, EngineCallName } from '../../../shared/ipc/contract'

/** Parsed input of a call. */
export type ParsedInput<N extends EngineCallName> = z.output<Contract[N]['in']>

/** One use case a call of the contract. */
export type UseCases = {
  [N in EngineCallName]: (input: ParsedInput<N>) => CallOutput<N> | Promise<CallOutput<N>>
}

import { z } from 'zod'
import {
  type CallInput,
  type CallOutput,
  contract,
  type EngineCallName,
  type FaceCallName,
  isFaceCall,
  type MainCallName,
} from '../../shared/ipc/contract'
import { inputLimitBytes, sizeOfInput } from '../../shared/ipc/size-of-input'
import { failed, ok, type Result, SiegelError, toFailure } from '../../shared/kit/result'
import type { Log } from '../log/log'

/** What main answers itself. Throws SiegelError for what can go wrong. */
export type MainHandlers = {
  readonly [N in MainCallName]: (input: z.output<(typeof contract)[N]['in']>) => Promise<CallOutput<N>>
}

/** The way to the engine; answers `locked` while there is none. */
export type CallEngine = <N extends EngineCallName>(
  name: N,
  input: CallInput<N>,
) => Promise<Result<CallOutput<N>>>

export type AnswerParts = Readonly<{
  handlers: MainHandlers
  /** Development and tests: what goes out is parsed as well. */
  checksOutput: boolean
  log: Log
}>

const isMainCall = (name: FaceCallName): name is MainCallName & FaceCallName => contract[name].host === 'main'

/**
 * One call of the page to main, from the raw message to the answer: known name, size, shape, then main's handler. What
 * is for the engine goes there past main (`engine/page-guards/page-door.ts`) and is refused here. Never rejects; a bug answers `internal` and says nothing of itself to the page.
 */
export const createAnswer =
  ({ handlers, checksOutput, log }: AnswerParts) =>
  async (name: unknown, input: unknown): Promise<Result<unknown>> => {
    try {
      if (!isFaceCall(name) || !isMainCall(name))
        throw new SiegelError('bad-request', { reason: 'unknown-call' })
      if (sizeOfInput(input, inputLimitBytes(name)) === Number.POSITIVE_INFINITY)
        throw new SiegelError('too-large', { call: name, limitBytes: inputLimitBytes(name) })
      const parsed = contract[name].in.safeParse(input)
      if (!parsed.success)
        throw new SiegelError('bad-request', {
          call: name,
          detail: z.prettifyError(parsed.error).slice(0, 300),
        })
      // Indexed by a union, the table's type is an intersection of inputs; the schema above gave the right one.
      const value = await (handlers[name] as (input: unknown) => Promise<unknown>)(parsed.data)
      return ok(checksOutput ? contract[name].out.parse(value) : value)
    } catch (error) {
      const failure = toFailure(error)
      if (failure.code === 'internal')
        log.error('a call failed unexpectedly', { call: String(name).slice(0, 60), error })
      return failed(failure)
    }
  }

import { z } from 'zod'
import {
  type CallInput,
  type CallName,
  type CallOutput,
  contract,
  type EngineCallName,
  type FaceCallName,
  type MainCallName,
} from '../../shared/ipc/contract'
import { failed, ok, type Result, SiegelError, toFailure } from '../../shared/ipc/result'
import type { Log } from '../log/log'
import type { CallGuards, GuardedName } from './guards/guard'
import { sizeOfInput } from './size-of-input'

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
  callEngine: CallEngine
  /** What stands between the page and the engine for calls that a hostile page could misuse. */
  guards: CallGuards
  /** Development and tests: what goes out is parsed as well. */
  checksOutput: boolean
  log: Log
}>

const mebibyte = 1024 * 1024

/** Largest input of a call. An attachment dropped into the page comes as bytes; the rest is text and ids. */
export const inputLimitBytes = (name: CallName): number =>
  name === 'drafts.addAttachment' ? 30 * mebibyte : name === 'drafts.save' ? 24 * mebibyte : 8 * mebibyte

const isFaceCall = (name: unknown): name is FaceCallName =>
  typeof name === 'string' && Object.hasOwn(contract, name) && contract[name as CallName].face === 'all'

const isMainCall = (name: CallName): name is MainCallName => contract[name].host === 'main'

/**
 * One call of the page, from the raw message to the answer: known name, size, shape, then main's handler or the
 * engine. Never rejects; a bug answers `internal` and says nothing of itself to the page.
 */
export const createAnswer =
  ({ handlers, callEngine, guards, checksOutput, log }: AnswerParts) =>
  async (name: unknown, input: unknown): Promise<Result<unknown>> => {
    const askEngine = (call: GuardedName, given: unknown): Promise<Result<unknown>> => {
      // As above: the schema gave the right input for the guard of that name.
      const guard = guards[call] as ((input: unknown) => Promise<Result<unknown>>) | undefined
      return guard ? guard(given) : callEngine(call, given as never)
    }
    try {
      if (!isFaceCall(name)) throw new SiegelError('bad-request', { reason: 'unknown-call' })
      if (sizeOfInput(input, inputLimitBytes(name)) === Number.POSITIVE_INFINITY)
        throw new SiegelError('too-large', { call: name, limitBytes: inputLimitBytes(name) })
      const parsed = contract[name].in.safeParse(input)
      if (!parsed.success)
        throw new SiegelError('bad-request', {
          call: name,
          detail: z.prettifyError(parsed.error).slice(0, 300),
        })
      const answer = isMainCall(name)
        ? // Indexed by a union, the table's type is an intersection of inputs; the schema above gave the right one.
          ok(await (handlers[name] as (input: unknown) => Promise<unknown>)(parsed.data))
        : await askEngine(name as GuardedName, parsed.data)
      if (!answer.ok || !checksOutput) return answer
      return ok(contract[name].out.parse(answer.value))
    } catch (error) {
      const failure = toFailure(error)
      if (failure.code === 'internal')
        log.error('a call failed unexpectedly', { call: String(name).slice(0, 60), error })
      return failed(failure)
    }
  }

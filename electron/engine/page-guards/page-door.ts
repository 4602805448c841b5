import { z } from 'zod'
import { contract, type EngineCallName, isFaceCall } from '../../../shared/ipc/contract'
import { inputLimitBytes, sizeOfInput } from '../../../shared/ipc/size-of-input'
import { failed, makeFailure, ok, type Result, toFailure } from '../../../shared/kit/result'
import type { Log } from '../ports/basics'
import type { CallGuards, GuardedName } from './guard'

/** The page's end of a port that main gave out, as the engine has it. */
type PagePort = Readonly<{
  post(message: unknown): void
  onMessage(listener: (message: unknown) => void): void
}>

const question = z.strictObject({ id: z.number().int().nonnegative(), name: z.unknown(), input: z.unknown() })

/**
 * The page's calls, past main: what is read and written stays out of a process that outlives the lock. The walls are
 * those of main's router: names of the page's own part of the contract, a size, a shape (the engine's door parses), and
 * main gives a port to nobody but the main frame of its own page.
 */
export const servePage = (
  port: PagePort,
  {
    call,
    guards,
    checksOutput,
    log,
  }: Readonly<{
    call: (name: EngineCallName, input: unknown) => Promise<Result<unknown>>
    /** What is asked in a window of main's own first (docs/page-calls.md). */
    guards: CallGuards
    /** Development and tests: what goes out is parsed as well. */
    checksOutput: boolean
    log: Log
  }>,
): void => {
  const guarded = async (name: GuardedName, input: unknown): Promise<Result<unknown>> => {
    // Indexed by a union, the table's type is an intersection of inputs; the schema gives the right one.
    const guard = guards[name] as ((input: unknown) => Promise<Result<unknown>>) | undefined
    const parsed = guard ? contract[name].in.safeParse(input) : null
    // What has a wrong shape is refused by the engine, in its words.
    if (!guard || !parsed?.success) return call(name, input)
    return guard(parsed.data).catch((error: unknown) => failed(toFailure(error)))
  }
  const answer = async (name: unknown, input: unknown): Promise<Result<unknown>> => {
    if (!isFaceCall(name) || contract[name].host !== 'engine')
      return failed(makeFailure('bad-request', { reason: 'unknown-call' }))
    const limitBytes = inputLimitBytes(name)
    if (sizeOfInput(input, limitBytes) === Number.POSITIVE_INFINITY)
      return failed(makeFailure('too-large', { call: name, limitBytes }))
    const result = await guarded(name as GuardedName, input)
    if (!result.ok || !checksOutput) return result
    const checked = contract[name].out.safeParse(result.value)
    if (checked.success) return ok(checked.data)
    log.error('an answer was not of its shape', { call: name })
    return failed(makeFailure('internal', { fault: name }))
  }

  port.onMessage(message => {
    const parsed = question.safeParse(message)
    if (!parsed.success) return
    const { id, name, input } = parsed.data
    answer(name, input)
      .then(result => port.post({ id, result }))
      .catch((error: unknown) => log.error('a call of the page was not answered', { error }))
  })
}

import { z } from 'zod'
import { contract, type EngineCallName } from '../../../shared/ipc/contract'
import { failed, ok, type Result, SiegelError, toFailure } from '../../../shared/kit/result'
import type { Log } from '../ports/basics'
import type { UseCases } from '../ports/use-cases'

const isEngineCall = (name: string): name is EngineCallName =>
  Object.hasOwn(contract, name) && contract[name as EngineCallName].host === 'engine'

/**
 * The engine's door: known call, input of the right shape, use case, value or failure. Whatever goes wrong
 * comes back as a Failure; the text of unexpected errors stays in the log.
 */
export function createDoor(
  cases: UseCases,
  log: Log,
): (name: string, input: unknown) => Promise<Result<unknown>> {
  return async (name, input) => {
    try {
      if (!isEngineCall(name)) throw new SiegelError('bad-request', { call: name.slice(0, 60) })
      const parsed = contract[name].in.safeParse(input)
      if (!parsed.success)
        throw new SiegelError('bad-request', {
          call: name,
          detail: z.prettifyError(parsed.error).slice(0, 500),
        })
      // The table types each entry; indexed by a union the compiler sees an intersection of inputs.
      const run = cases[name] as (input: unknown) => unknown
      return ok(await run(parsed.data))
    } catch (error) {
      const failure = toFailure(error)
      if (failure.code === 'internal') {
        log.error('use case failed unexpectedly', {
          call: name,
          stack: error instanceof Error ? (error.stack ?? error.message) : String(error),
        })
      }
      return failed(failure)
    }
  }
}

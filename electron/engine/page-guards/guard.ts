import type { z } from 'zod'
import type {
  CallInput,
  CallOutput,
  Contract,
  contract,
  EngineCallName,
  FaceCallName,
} from '../../../shared/ipc/contract'
import type { PageQuestion } from '../../../shared/ipc/page-question'
import { asError, type Result, SiegelError } from '../../../shared/kit/result'

/** The engine behind the guards. */
export type CallEngine = <N extends EngineCallName>(
  name: N,
  input: CallInput<N>,
) => Promise<Result<CallOutput<N>>>

/** Calls that the page may make and the engine answers. */
export type GuardedName = EngineCallName & FaceCallName & keyof Contract

/** Stands between the page and the engine: goes on, asks in a window of main's own first, or throws `cancelled`. */
type Guard<N extends GuardedName> = (
  input: z.output<(typeof contract)[N]['in']>,
) => Promise<Result<CallOutput<N>>>

/** The calls that need one. Docs and reasons: docs/page-calls.md. */
export type CallGuards = { readonly [N in GuardedName]?: Guard<N> }

/** True only when the user said yes. */
export type ConfirmForPage = (question: PageQuestion) => Promise<boolean>

export type GuardParts = Readonly<{ confirm: ConfirmForPage; callEngine: CallEngine }>

/** Asks; whoever says no has cancelled the call. Throws `cancelled`. */
export async function mustConfirm(confirm: ConfirmForPage, question: PageQuestion): Promise<void> {
  if (!(await confirm(question))) throw new SiegelError('cancelled')
}

/** The engine's answer, or its failure thrown. */
export async function ask<N extends EngineCallName>(
  callEngine: CallEngine,
  name: N,
  input: CallInput<N>,
): Promise<CallOutput<N>> {
  const result = await callEngine(name, input)
  if (result.ok) return result.value
  throw asError(result.error)
}

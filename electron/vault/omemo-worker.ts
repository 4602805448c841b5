import { type OmemoCallName, vaultCalls } from '../../shared/ipc/vault/vault-calls'
import { SiegelError } from '../../shared/kit/result'
import { runOmemo } from './omemo/operations'
import type { SealPlace } from './omemo/state/seal'

/** Answers a call about OMEMO. Throws SiegelError. */
export const answerOmemo = (name: OmemoCallName, input: unknown, place: SealPlace) => {
  const parsed = vaultCalls[name].in.safeParse(input)
  if (!parsed.success) throw new SiegelError('bad-request', { call: name })
  // Each name has its own shape, which was just parsed; indexed by a union the compiler sees all at once.
  return { output: runOmemo(name, parsed.data as never, place) }
}

import { useCallback, useRef, useSyncExternalStore } from 'react'
import type { CallInput, CallOutput } from '../../../shared/ipc/contract'
import type { QueryName } from '../../host/host'
import { useLive } from './live-context'
import type { LiveSnapshot } from './live-queries'

const idle: LiveSnapshot<never> = { data: undefined, failure: null, loading: false, isOld: false }
const nothingToStop = () => {}

export type LiveResult<T> = LiveSnapshot<T> & Readonly<{ refresh: () => void }>

/**
 * The answer to a query, asked again whenever something it depends on changed. `input: null` asks nothing.
 * The answer always belongs to the input given: a new input starts without data unless it was asked before.
 */
export function useLiveQuery<N extends QueryName>(
  name: N,
  input: CallInput<N> | null,
): LiveResult<CallOutput<N>> {
  const { queries } = useLive()
  const key = input === null ? null : JSON.stringify(input)
  // Inputs are small values: equal text is the same question, so a fresh object does not ask again.
  const stable = useRef({ key, input })
  if (stable.current.key !== key) stable.current = { key, input }
  const question = stable.current.input

  const watch = useCallback(
    (listener: () => void) => (question === null ? nothingToStop : queries.watch(name, question, listener)),
    [queries, name, question],
  )
  const snapshot = useSyncExternalStore(watch, () =>
    question === null ? (idle as LiveSnapshot<CallOutput<N>>) : queries.snapshot(name, question),
  )
  const refresh = useCallback(() => {
    if (question !== null) queries.refresh(name, question)
  }, [queries, name, question])
  return { ...snapshot, refresh }
}

import { useMemo, useRef } from 'react'

/** Functions that do what the newest ones do and are the same for ever, so that what was drawn with them need not be drawn again. */
export function useStable<T extends Readonly<Record<string, (...args: never[]) => void>>>(functions: T): T {
  const latest = useRef(functions)
  latest.current = functions
  return useMemo(
    () =>
      Object.fromEntries(
        Object.keys(latest.current).map(name => [
          name,
          (...args: never[]) => latest.current[name]?.(...args),
        ]),
      ) as T,
    [],
  )
}

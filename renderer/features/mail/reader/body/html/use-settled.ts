import { useEffect, useRef, useState } from 'react'

/** A value once it has rested for a moment; the first change after a rest comes through at once. */
export function useSettled<T>(value: T, restMs: number): T {
  const [settled, setSettled] = useState(value)
  const restsAtMs = useRef(0)
  useEffect(() => {
    const waitMs = performance.now() < restsAtMs.current ? restMs : 0
    restsAtMs.current = performance.now() + restMs
    const timer = setTimeout(() => setSettled(value), waitMs)
    return () => clearTimeout(timer)
  }, [value, restMs])
  return settled
}

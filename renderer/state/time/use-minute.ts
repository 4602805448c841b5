import { useEffect, useState } from 'react'

const minuteMs = 60_000

/** The time, renewed once a minute, for words such as "3 minutes ago". `touched`: what also renews it. */
export function useMinute(touched: unknown): number {
  const [nowMs, setNowMs] = useState(() => Date.now())
  // biome-ignore lint/correctness/useExhaustiveDependencies: news are told by the clock of now, not of a minute ago.
  useEffect(() => {
    setNowMs(Date.now())
    const timer = setInterval(() => setNowMs(Date.now()), minuteMs)
    return () => clearInterval(timer)
  }, [touched])
  return nowMs
}

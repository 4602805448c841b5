import { useEffect, useState } from 'react'

/** The time now, drawn anew every second until that moment is over; without one it stands still. */
export function useSecondsUntil(endMs: number | null): number {
  const [nowMs, setNowMs] = useState(Date.now)
  useEffect(() => {
    setNowMs(Date.now())
    if (endMs === null || endMs <= Date.now()) return
    const timer = setInterval(() => {
      setNowMs(Date.now())
      if (endMs <= Date.now()) clearInterval(timer)
    }, 1000)
    return () => clearInterval(timer)
  }, [endMs])
  return nowMs
}

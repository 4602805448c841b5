import { useEffect, useState } from 'react'
import { useHost } from '../host/host-context'

/** How far a long job is, from 0 to 1, as long as `isRunning`; null before it has said anything. */
export function useJobProgress(job: 'backup' | 'restore', isRunning: boolean): number | null {
  const host = useHost()
  const [part, setPart] = useState<number | null>(null)
  useEffect(() => {
    if (!isRunning) return
    setPart(null)
    return host.on('progress', event => {
      if (event.job === job && event.total !== null) setPart(event.total === 0 ? 1 : event.done / event.total)
    })
  }, [host, job, isRunning])
  return part
}

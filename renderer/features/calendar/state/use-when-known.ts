import { useEffect, useState } from 'react'

/** Does at once what needs the calendars, or, where they are not known yet, as soon as they are: what was pressed is not lost. Only the last of it. */
export function useWhenKnown(isKnown: boolean): (work: () => void) => void {
  const [later, setLater] = useState<Readonly<{ work: () => void }> | null>(null)
  useEffect(() => {
    if (!isKnown || later === null) return
    setLater(null)
    later.work()
  }, [isKnown, later])
  return work => (isKnown ? work() : setLater({ work }))
}

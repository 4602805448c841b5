export type IdleLockParts = Readonly<{
  now: () => number
  /** Seconds since the last input anywhere on the system, or null where the system does not tell. */
  systemIdleSeconds: () => number | null
  /** 0: never. */
  lockAfterMinutes: () => number
  /** Whether sleep and a locked screen lock too. */
  lockOnLeaving: () => boolean
  lock: () => void
}>

/** How often idleness is looked at; the lock comes at most this much late. */
export const idleCheckMs = 15_000

/**
 * Locks after a time without input. Where the system does not tell how long it has been idle, the time since
 * the page last saw input counts, which locks earlier rather than later.
 */
export const createIdleLock = ({
  now,
  systemIdleSeconds,
  lockAfterMinutes,
  lockOnLeaving,
  lock,
}: IdleLockParts) => {
  let lastActivityMs = now()
  return {
    /** The page saw a key or the pointer. */
    reportActivity(): void {
      lastActivityMs = now()
    },
    /** To be called every `idleCheckMs` while mail is open. */
    check(): void {
      const limitSeconds = lockAfterMinutes() * 60
      if (limitSeconds === 0) return
      const idleSeconds = systemIdleSeconds() ?? (now() - lastActivityMs) / 1000
      if (idleSeconds >= limitSeconds) lock()
    },
    /** The machine goes to sleep or its screen was locked. */
    machineLeft(): void {
      if (lockOnLeaving()) lock()
    },
  }
}

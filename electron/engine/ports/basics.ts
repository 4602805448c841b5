export type Clock = {
  /** Milliseconds since 1970, UTC. */
  now(): number
  /** Resolves after `ms`, rejects with `cancelled` when the signal aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** Work that takes long, in pieces between which other work goes on. */
export type LongWork = Readonly<{
  /** Aborted: the work ends with `cancelled` after the piece it is at. */
  signal?: AbortSignal | undefined
  onProgress?: ((done: number, total: number) => void) | undefined
}>

export type Random = {
  bytes(count: number): Uint8Array
  /** Uniform in [0, 1), from the system's random source; for jitter. */
  fraction(): number
}

export type Log = {
  info(message: string, facts?: Readonly<Record<string, unknown>>): void
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void
  error(message: string, facts?: Readonly<Record<string, unknown>>): void
}

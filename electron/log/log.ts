import { type Fact, redactFacts } from './redact'

type LogLevel = 'info' | 'warn' | 'error'

export type LogLine = Readonly<{
  /** Milliseconds since 1970, UTC. */
  atMs: number
  level: LogLevel
  source: string
  message: string
  facts: Readonly<Record<string, Fact>>
}>

export type LogSink = (line: LogLine) => void

/** The same shape the engine knows as its `Log` port. */
export type Log = Readonly<
  Record<LogLevel, (message: string, facts?: Readonly<Record<string, unknown>>) => void>
>

/**
 * A log that redacts before any sink sees a line. `message` is a constant of the program, everything that
 * varies goes into `facts`.
 */
export const createLog = (source: string, sinks: readonly LogSink[]): Log => {
  const write = (level: LogLevel, message: string, facts: Readonly<Record<string, unknown>>): void => {
    const line: LogLine = { atMs: Date.now(), level, source, message, facts: redactFacts(facts) }
    for (const sink of sinks) sink(line)
  }
  return {
    info: (message, facts = {}) => write('info', message, facts),
    warn: (message, facts = {}) => write('warn', message, facts),
    error: (message, facts = {}) => write('error', message, facts),
  }
}

/** The last lines, in memory only: a log file would be mail metadata in plaintext on the disk. */
export const createLogRing = (capacity = 1000): { sink: LogSink; lines(): readonly LogLine[] } => {
  const lines: LogLine[] = []
  return {
    sink(line) {
      lines.push(line)
      if (lines.length > capacity) lines.shift()
    },
    lines: () => [...lines],
  }
}

/** Lines on standard error, for developers who ask for it with SIEGEL_DEBUG=1. */
export const stderrSink: LogSink = ({ atMs, level, source, message, facts }) => {
  const rest = Object.keys(facts).length > 0 ? ` ${JSON.stringify(facts)}` : ''
  process.stderr.write(`${new Date(atMs).toISOString()} ${level} ${source}: ${message}${rest}\n`)
}

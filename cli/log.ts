import type { Log } from '../electron/engine/ports/basics'
import { createLog, createLogRing, stderrSink } from '../electron/log/log'
import { logReport } from '../electron/log/report'

const ring = createLogRing()

/** Quiet unless asked: SIEGEL_DEBUG=1 shows the redacted log on stderr. */
export const createCliLog = (): Log =>
  createLog('engine', process.env['SIEGEL_DEBUG'] === '1' ? [ring.sink, stderrSink] : [ring.sink])

/** The log of this command as text that may be shown to others. */
export const cliLogReport = (): string => logReport(ring.lines())

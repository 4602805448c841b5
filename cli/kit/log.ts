import type { Log } from '../../electron/engine/ports/basics'
import { createLog, stderrSink } from '../../electron/log/log'

/** Quiet unless asked: SIEGEL_DEBUG=1 shows the redacted log on stderr. */
export const createCliLog = (): Log =>
  createLog('engine', process.env['SIEGEL_DEBUG'] === '1' ? [stderrSink] : [])

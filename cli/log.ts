import type { Log } from '../electron/engine/ports'
import { createLog } from '../electron/log/log'

/** Quiet unless asked: SIEGEL_DEBUG=1 shows the redacted log on stderr. */
export const createCliLog = (): Log =>
  createLog(
    process.env['SIEGEL_DEBUG'] === '1' ? line => void process.stderr.write(`${line}\n`) : () => undefined,
  )

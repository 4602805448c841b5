import { MessageChannelMain, type MessagePortMain, utilityProcess } from 'electron'
import { omitFromCoreDumps } from '../log/core-dumps'
import type { EngineProcess } from './engine-link'

/** Starts the engine as a process of its own. `isVerbose`: its standard error is ours. */
export const forkEngine = (file: string, isVerbose: boolean): EngineProcess => {
  const child = utilityProcess.fork(file, [], {
    serviceName: 'Siegel engine',
    stdio: isVerbose ? 'inherit' : 'ignore',
    env: isVerbose ? { SIEGEL_DEBUG: '1' } : {},
  })
  child.once('spawn', () => child.pid !== undefined && omitFromCoreDumps(child.pid))
  const { port1, port2 } = new MessageChannelMain()
  child.postMessage({ kind: 'connect' }, [port2])
  return {
    post: (message, port) => port1.postMessage(message, port === undefined ? [] : [port as MessagePortMain]),
    onMessage(listener) {
      port1.on('message', ({ data }) => listener(data))
      port1.start()
    },
    onExit(listener) {
      child.once('exit', exitCode => {
        port1.close()
        listener(exitCode)
      })
    },
    kill() {
      child.kill()
    },
  }
}

/**
 * The engine's own process (Electron utilityProcess). Main hands it one port; over it come one `open`, then
 * calls, and back go results and events. The process ends when the port closes or the engine was closed.
 */
import type { MessageEvent, MessagePortMain } from 'electron'
import type { EngineCallName } from '../../shared/ipc/contract'
import { type FromEngine, type ToEngine, toEngine } from '../../shared/ipc/engine-messages'
import { failed, toFailure } from '../../shared/ipc/result'
import { createLog, createLogRing, stderrSink } from '../log/log'
import { openEngine } from './compose'
import type { Engine } from './engine'
import { createVaultRelay } from './vault-relay'

const ring = createLogRing()
const log = createLog('engine', process.env.SIEGEL_DEBUG === '1' ? [ring.sink, stderrSink] : [ring.sink])

const serve = (port: MessagePortMain): void => {
  const send = (message: FromEngine): void => port.postMessage(message)
  const relay = createVaultRelay(send)
  let opening: Promise<Engine> | null = null

  const open = async ({ profileDirectory, storeKey }: ToEngine & { kind: 'open' }): Promise<void> => {
    if (opening) throw new Error('opened twice')
    opening = openEngine({
      profileDirectory,
      storeKey,
      background: true,
      log,
      vault: relay.vault,
      emit: (name, payload) => send({ kind: 'event', name, payload }),
    })
    try {
      await opening
      log.info('opened')
      send({ kind: 'opened' })
    } catch (error) {
      log.error('the engine did not open', { error })
      send({ kind: 'refused', error: toFailure(error) })
    } finally {
      storeKey.fill(0)
    }
  }

  const call = async (id: number, name: EngineCallName, input: unknown): Promise<void> => {
    try {
      if (!opening) throw new Error('called before it was opened')
      const engine = await opening
      // The engine parses the input itself; the type here only says that it will.
      const result = await engine.call(name, input as never)
      send({ kind: 'result', id, result })
    } catch (error) {
      log.error('a call did not get through', { name, error })
      send({ kind: 'result', id, result: failed(toFailure(error)) })
    }
  }

  const close = async (): Promise<never> => {
    log.info('closing')
    // An engine that never opened has told main so already.
    const engine = await opening?.catch(() => null)
    await engine?.close().catch((error: unknown) => log.error('closing failed', { error }))
    log.info('closed')
    // Main waits for the end of this process, not for a word from it.
    process.exit(0)
  }

  const receive = async (message: ToEngine): Promise<void> => {
    if (message.kind === 'open') return open(message)
    if (message.kind === 'call') return call(message.id, message.name, message.input)
    if (message.kind === 'close') return close()
    return relay.receive(message)
  }

  port.on('message', ({ data }: MessageEvent) => {
    const parsed = toEngine.safeParse(data)
    if (parsed.success)
      receive(parsed.data).catch((error: unknown) => log.error('a message from main failed', { error }))
    else log.error('a message from main was not understood')
  })
  port.on('close', () => process.exit(0))
  port.start()
}

process.parentPort.once('message', ({ ports }) => {
  const [port] = ports
  if (port) serve(port)
})

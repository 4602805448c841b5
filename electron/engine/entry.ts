/**
 * The engine's own process (Electron utilityProcess). Main hands it one port; over it come one `open`, then main's own
 * calls and ports of the page, and back go results and events. The process ends when the port closes or the engine was
 * closed.
 */
import type { MessageEvent, MessagePortMain } from 'electron'
import type { EngineCallName } from '../../shared/ipc/contract'
import { type FromEngine, type ToEngine, toEngine } from '../../shared/ipc/engine-messages'
import { failed, ok, type Result, toFailure } from '../../shared/ipc/result'
import { assertNever } from '../../shared/util/assert-never'
import { createLog, createLogRing, stderrSink } from '../log/log'
import { logReport } from '../log/report'
import { sealContent } from '../sealing/sealed-content'
import { openEngine } from './compose'
import type { Engine } from './engine'
import { servePage } from './page-door'
import { pageGuards } from './page-guards'
import type { CallEngine } from './page-guards/guard'
import { createVaultLink } from './vault-link'

const ring = createLogRing()
const log = createLog('engine', process.env.SIEGEL_DEBUG === '1' ? [ring.sink, stderrSink] : [ring.sink])

const serve = (port: MessagePortMain): void => {
  const send = (message: FromEngine): void => port.postMessage(message)
  let opening: Promise<Engine> | null = null

  let checksOutput = false

  const start = async (
    { profileDirectory, profileId }: ToEngine & { kind: 'open' },
    vaultDoor: MessagePortMain,
  ): Promise<Engine> => {
    const { vault, storeKey: askStoreKey } = createVaultLink(vaultDoor, profileId)
    const storeKey = await askStoreKey()
    const engine = await openEngine({
      profileDirectory,
      storeKey,
      background: true,
      log,
      logReport: () => logReport(ring.lines()),
      vault,
      emit: (name, payload) => send({ kind: 'event', name, payload }),
    })
    storeKey.fill(0)
    return engine
  }

  const open = async (
    message: ToEngine & { kind: 'open' },
    vaultDoor: MessagePortMain | undefined,
  ): Promise<void> => {
    if (opening || !vaultDoor) throw new Error('opened twice, or without a vault')
    checksOutput = message.checksOutput
    opening = start(message, vaultDoor)
    try {
      await opening
      log.info('opened')
      send({ kind: 'opened' })
    } catch (error) {
      log.error('the engine did not open', { error })
      send({ kind: 'refused', error: toFailure(error) })
    }
  }

  const call = async (name: EngineCallName, input: unknown): Promise<Result<unknown>> => {
    try {
      if (!opening) throw new Error('called before it was opened')
      const engine = await opening
      // The engine parses the input itself; the type here only says that it will.
      return await engine.call(name, input as never)
    } catch (error) {
      log.error('a call did not get through', { name, error })
      return failed(toFailure(error))
    }
  }

  const asked = new Map<number, (yes: boolean) => void>()
  let nextQuestion = 0
  const guards = pageGuards({
    confirm: question =>
      new Promise(resolve => {
        const id = nextQuestion++
        asked.set(id, resolve)
        send({ kind: 'ask', id, question })
      }),
    callEngine: call as CallEngine,
    now: Date.now,
  })

  /** The bytes of an answer and nothing else of it: text would be copied where nobody can wipe it. */
  const content = async ({
    name,
    input,
    publicKey,
  }: ToEngine & { kind: 'content' }): Promise<Result<unknown>> => {
    const result = await call(name, input)
    if (!result.ok) return result
    const value = result.value as Readonly<{ html: string } | { bytes: Uint8Array }>
    return ok(sealContent('html' in value ? Buffer.from(value.html) : value.bytes, publicKey))
  }

  const givePage = (page: MessagePortMain): void => {
    const pagePort = {
      post: (message: unknown) => page.postMessage(message),
      onMessage(listener: (message: unknown) => void) {
        page.on('message', ({ data }) => listener(data))
        page.start()
      },
    }
    servePage(pagePort, { call, guards, checksOutput, log })
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

  const receive = async (message: ToEngine, given: MessagePortMain | undefined): Promise<void> => {
    switch (message.kind) {
      case 'open':
        return open(message, given)
      case 'call':
        return send({ kind: 'result', id: message.id, result: await call(message.name, message.input) })
      case 'answer':
        asked.get(message.id)?.(message.yes)
        asked.delete(message.id)
        return
      case 'content':
        return send({ kind: 'result', id: message.id, result: await content(message) })
      case 'page':
        return given && givePage(given)
      case 'close':
        return close()
      default:
        return assertNever(message)
    }
  }

  port.on('message', ({ data, ports }: MessageEvent) => {
    const parsed = toEngine.safeParse(data)
    if (parsed.success)
      receive(parsed.data, ports[0]).catch((error: unknown) =>
        log.error('a message from main failed', { error }),
      )
    else log.error('a message from main was not understood')
  })
  port.on('close', () => process.exit(0))
  port.start()
}

process.parentPort.once('message', ({ ports }) => {
  const [port] = ports
  if (port) serve(port)
})

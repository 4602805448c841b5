/**
 * The only thing the page gets from outside: two functions, and no object of Electron's behind them. What main answers goes
 * to main; calls about mail go over a port to the engine itself, and passphrases over one to the vault, so that neither lies
 * in main's memory when the profile is locked.
 */
import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, doorChannel, eventChannel } from '../shared/ipc/channels'
import { eventNames, faceCallNames, mainCallNames } from '../shared/ipc/names'
import { type DoorKind, secretFields } from '../shared/ipc/secrets'
import { failed, makeFailure } from '../shared/kit/result'

type Listener = (payload: unknown) => void
type Reply = Readonly<{ id: number; result: unknown }>

const calls: ReadonlySet<string> = new Set(faceCallNames)
const callsToMain: ReadonlySet<string> = new Set(mainCallNames)
const listeners = new Map<string, Set<Listener>>(eventNames.map(name => [name, new Set()]))

ipcRenderer.on(eventChannel, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

/** Ports that main sent, and who waits for one, by main's number. */
const arrived = new Map<number, MessagePort>()
const awaited = new Map<number, (port: MessagePort) => void>()

ipcRenderer.on(doorChannel, (event, number: number) => {
  const [port] = event.ports
  if (!port) return
  const take = awaited.get(number)
  awaited.delete(number)
  if (take) take(port)
  else arrived.set(number, port)
})

/** A port to the engine or the vault; null while there is none. */
const openDoor = async (kind: DoorKind): Promise<MessagePort | null> => {
  const number: unknown = await ipcRenderer.invoke(doorChannel, kind)
  if (typeof number !== 'number') return null
  const port = arrived.get(number)
  arrived.delete(number)
  return port ?? new Promise(resolve => awaited.set(number, resolve))
}

/** Calls over one port, until it closes: what waits then is answered with `cancelled`. */
const lineOver = (port: MessagePort, onClose: () => void) => {
  const waiting = new Map<number, (result: unknown) => void>()
  let nextId = 0
  port.addEventListener('message', ({ data }: MessageEvent<Reply>) => {
    waiting.get(data.id)?.(data.result)
    waiting.delete(data.id)
  })
  port.addEventListener('close', () => {
    onClose()
    for (const resolve of waiting.values())
      resolve(failed(makeFailure('cancelled', { detail: 'engine-ended' }, { retryable: true })))
  })
  port.start()
  return (name: string, input: unknown): Promise<unknown> =>
    new Promise(resolve => {
      const id = nextId++
      waiting.set(id, resolve)
      port.postMessage({ id, name, input })
    })
}
type Line = ReturnType<typeof lineOver>

let engine: Promise<Line | null> | null = null

const openEngine = async (): Promise<Line | null> => {
  const port = await openDoor('engine')
  if (port)
    return lineOver(port, () => {
      engine = null
    })
  engine = null
  return null
}

const callEngine = async (name: string, input: unknown): Promise<unknown> => {
  engine ??= openEngine()
  const line = await engine
  return line ? line(name, input) : failed(makeFailure('locked'))
}

type Fields = Record<string, unknown>
const isFields = (value: unknown): value is Fields => typeof value === 'object' && value !== null

/** The object that holds the last name of a path, if there is text at it. */
const holderOf = (input: unknown, path: readonly string[]): Fields | null => {
  const holder = path.slice(0, -1).reduce<unknown>((value, name) => isFields(value) && value[name], input)
  return isFields(holder) && typeof holder[path.at(-1) ?? ''] === 'string' ? holder : null
}

/** `taker`: who will be told its number; the vault gives it to nobody else. */
const giveSecret = (port: MessagePort, text: string, taker: 'host' | 'engine'): Promise<unknown> =>
  new Promise((resolve, reject) => {
    port.addEventListener('message', ({ data }) => resolve(data), { once: true })
    port.addEventListener('close', () => reject(new Error('the vault is gone')), { once: true })
    const bytes = new TextEncoder().encode(text)
    port.postMessage({ bytes, taker })
    bytes.fill(0)
  })

/** As `input`, with numbers in the place of its secrets. */
const withoutSecrets = async (
  input: unknown,
  paths: readonly (readonly string[])[],
  taker: 'host' | 'engine',
): Promise<unknown> => {
  const copy: unknown = structuredClone(input)
  const port = await openDoor('secrets')
  if (!port) throw new Error('there is no vault')
  port.start()
  try {
    for (const path of paths) {
      const [holder, name] = [holderOf(copy, path), path.at(-1) ?? '']
      if (holder) holder[name] = await giveSecret(port, String(holder[name]), taker)
    }
  } finally {
    port.close()
  }
  return copy
}

/** One after the other: each is for the vault that is there when its turn comes. */
let secretCalls: Promise<unknown> = Promise.resolve()

const send = (name: string, input: unknown): Promise<unknown> =>
  callsToMain.has(name) ? ipcRenderer.invoke(callChannel, name, input) : callEngine(name, input)

const answer = (name: string, input: unknown): Promise<unknown> => {
  const paths = (secretFields[name] ?? [])
    .map(field => field.split('.'))
    .filter(path => holderOf(input, path))
  if (paths.length === 0) return send(name, input)
  const taker = callsToMain.has(name) ? 'host' : 'engine'
  const call = secretCalls.then(async () => send(name, await withoutSecrets(input, paths, taker)))
  secretCalls = call.catch(() => undefined)
  return call
}

contextBridge.exposeInMainWorld('siegel', {
  /** Answers a `Result`; rejects for a name that is not in the contract. */
  call(name: string, input: unknown): Promise<unknown> {
    if (!calls.has(name)) return Promise.reject(new Error('unknown call'))
    return answer(name, input)
  },

  /** Listens to an event of the contract; the answer ends the subscription. */
  on(name: string, listener: Listener): () => void {
    const all = listeners.get(name)
    if (!all) throw new Error('unknown event')
    const own: Listener = payload => listener(payload)
    all.add(own)
    return () => {
      all.delete(own)
    }
  },
})

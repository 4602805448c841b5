/** The only thing the page gets from outside: two functions, and no object of Electron's behind them. */
import { contextBridge, ipcRenderer } from 'electron'
import { callChannel, eventChannel, eventNames, faceCallNames } from '../shared/ipc/names'

type Listener = (payload: unknown) => void

const calls: ReadonlySet<string> = new Set(faceCallNames)
const listeners = new Map<string, Set<Listener>>(eventNames.map(name => [name, new Set()]))

ipcRenderer.on(eventChannel, (_event, name: string, payload: unknown) => {
  for (const listener of listeners.get(name) ?? []) listener(payload)
})

contextBridge.exposeInMainWorld('siegel', {
  /** Answers a `Result`; rejects for a name that is not in the contract. */
  call(name: string, input: unknown): Promise<unknown> {
    if (!calls.has(name)) return Promise.reject(new Error('unknown call'))
    return ipcRenderer.invoke(callChannel, name, input)
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

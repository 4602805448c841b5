import { connect, type Socket } from 'node:net'
import { SiegelError } from '../../../shared/kit/result'
import { openTcp } from './dial'

/** A door of another program on this machine or at a literal address: never a name, never a server on the way out. */
export type LocalAddress = Readonly<{ host: string; port: number }> | Readonly<{ path: string }>

/** Opens the control port of a Tor. Rejects with `connection-refused` and the like, or the reason of the deadline. */
export function openLocal(address: LocalAddress, deadline: AbortSignal): Promise<Socket> {
  if ('port' in address) return openTcp(address, deadline)
  return new Promise((resolve, reject) => {
    if (deadline.aborted) return reject(deadline.reason)
    const socket = connect({ path: address.path })
    const settle = (finish: () => void) => {
      deadline.removeEventListener('abort', onAbort)
      socket.removeListener('error', onError)
      finish()
    }
    const onAbort = () => {
      socket.destroy()
      settle(() => reject(deadline.reason))
    }
    const onError = (cause: Error) =>
      settle(() =>
        reject(
          new SiegelError(
            'connection-refused',
            { host: 'localhost', port: 0, detail: String((cause as NodeJS.ErrnoException).code ?? 'error') },
            { cause },
          ),
        ),
      )
    deadline.addEventListener('abort', onAbort)
    socket.once('error', onError)
    socket.once('connect', () => settle(() => resolve(socket)))
  })
}

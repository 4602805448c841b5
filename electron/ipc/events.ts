import type { WebContents } from 'electron'
import type { EventName, EventPayload } from '../../shared/ipc/contract'
import { eventChannel } from '../../shared/ipc/names'

export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void

/** Sends events of the contract to the page, if there is one. The only user of webContents.send. */
export const createEmit =
  (page: () => WebContents | null): Emit =>
  (name, payload) => {
    const contents = page()
    if (contents && !contents.isDestroyed()) contents.send(eventChannel, name, payload)
  }

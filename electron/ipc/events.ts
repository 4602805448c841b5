import type { WebContents } from 'electron'
import { eventChannel } from '../../shared/ipc/channels'
import type { EventName, EventPayload } from '../../shared/ipc/contract'

export type Emit = <N extends EventName>(name: N, payload: EventPayload<N>) => void

/** Sends events of the contract to the page, if there is one. The only user of webContents.send. */
export const createEmit =
  (page: () => WebContents | null): Emit =>
  (name, payload) => {
    const contents = page()
    if (contents && !contents.isDestroyed()) contents.send(eventChannel, name, payload)
  }

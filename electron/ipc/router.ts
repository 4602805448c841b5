import {
  type IpcMainInvokeEvent,
  ipcMain,
  type MessagePortMain,
  type WebContents,
  type WebFrameMain,
} from 'electron'
import { callChannel, doorChannel } from '../../shared/ipc/channels'
import { type DoorKind, doorKinds } from '../../shared/ipc/secrets'
import { failed, makeFailure, type Result } from '../../shared/kit/result'
import type { Log } from '../log/log'

export type RouterParts = Readonly<{
  answer: (name: unknown, input: unknown) => Promise<Result<unknown>>
  /** Whether these are the contents of a window of ours. */
  isOurWindow: (contents: WebContents) => boolean
  /** Whether the page may be at this origin now, e.g. `app://siegel`. */
  isPageOrigin: (origin: string) => boolean
  /** A port for the page to the engine or the vault, as the page has no other way to them; null while there is none. */
  openDoor: (kind: DoorKind) => MessagePortMain | null
  log: Log
}>

/** Only the main frame of our own window, showing our own page, may call. */
const trustedFrame = (
  event: IpcMainInvokeEvent,
  { isOurWindow, isPageOrigin }: RouterParts,
): WebFrameMain | null => {
  const frame = event.senderFrame
  if (!frame || !isOurWindow(event.sender)) return null
  const isPage =
    frame === event.sender.mainFrame && isPageOrigin(frame.origin) && frame.url.startsWith(`${frame.origin}/`)
  return isPage ? frame : null
}

/** Starts listening to the page. The only user of ipcMain. */
export const startRouter = (parts: RouterParts): void => {
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => {
    if (trustedFrame(event, parts)) return parts.answer(name, input)
    parts.log.warn('a call from outside the page was refused', { url: event.senderFrame?.url.slice(0, 100) })
    return failed(makeFailure('bad-request', { reason: 'sender' }))
  })
  let nextDoor = 0
  ipcMain.handle(doorChannel, (event, kind: unknown) => {
    const frame = trustedFrame(event, parts)
    const known = doorKinds.find(each => each === kind)
    const port = frame && known && parts.openDoor(known)
    if (!frame || !port) return null
    const number = nextDoor++
    frame.postMessage(doorChannel, number, [port])
    return number
  })
  // electron-store listens for pages that ask where it keeps its file. Ours have no reason to.
  ipcMain.removeAllListeners('electron-store-get-data')
}

import { type IpcMainInvokeEvent, ipcMain, type WebContents } from 'electron'
import { callChannel } from '../../shared/ipc/names'
import { failed, type Result } from '../../shared/ipc/result'
import type { Log } from '../log/log'

export type RouterParts = Readonly<{
  answer: (name: unknown, input: unknown) => Promise<Result<unknown>>
  /** Whether these are the contents of a window of ours. */
  isOurWindow: (contents: WebContents) => boolean
  /** The page's origin, e.g. `app://siegel`. */
  pageOrigin: string
  log: Log
}>

/** Only the main frame of our own window, showing our own page, may call. */
const isTrusted = (event: IpcMainInvokeEvent, { isOurWindow, pageOrigin }: RouterParts): boolean => {
  const frame = event.senderFrame
  if (!frame || !isOurWindow(event.sender)) return false
  return (
    frame === event.sender.mainFrame && frame.origin === pageOrigin && frame.url.startsWith(`${pageOrigin}/`)
  )
}

/** Starts listening to the page. The only user of ipcMain. */
export const startRouter = (parts: RouterParts): void => {
  ipcMain.handle(callChannel, (event, name: unknown, input: unknown) => {
    if (isTrusted(event, parts)) return parts.answer(name, input)
    parts.log.warn('a call from outside the page was refused', { url: event.senderFrame?.url.slice(0, 100) })
    return failed({ code: 'bad-request', retryable: false, params: { reason: 'sender' } })
  })
  // electron-store listens for pages that ask where it keeps its file. Ours have no reason to.
  ipcMain.removeAllListeners('electron-store-get-data')
}

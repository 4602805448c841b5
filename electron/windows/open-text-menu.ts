import { type BrowserWindow, clipboard, Menu } from 'electron'
import { type TextMenuParts, textMenu } from './text-menu'

/** The menu of the right button, of the menu key and of Shift+F10 in text: of the page, of its fields, of a mail's document. */
export const openTextMenus = (window: BrowserWindow, parts: () => Omit<TextMenuParts, 'copy'>): void => {
  window.webContents.on('context-menu', (_event, place) => {
    const entries = textMenu(place, { ...parts(), copy: text => clipboard.writeText(text) })
    if (entries.length === 0) return
    const { frame, x, y, menuSourceType: sourceType } = place
    Menu.buildFromTemplate(entries).popup({ window, x, y, sourceType, ...(frame && { frame }) })
  })
}

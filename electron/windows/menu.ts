import { Menu, type MenuItemConstructorOptions } from 'electron'
import type { MenuCommand } from '../../shared/ipc/page-calls'
import { acceleratorOf } from './accelerator'
import type { Words } from './dialogs/words'
import type { ZoomMove } from './zoom'

export type MenuParts = Readonly<{
  words: Words
  isMac: boolean
  developerTools: boolean
  /** Mail can be read: entries that need it are enabled. */
  isOpen: boolean
  command: (name: MenuCommand) => void
  lock: () => void
  zoom: (move: ZoomMove) => void
  about: () => void
}>

/** The menu as a plain table. */
const menuTemplate = (parts: MenuParts): MenuItemConstructorOptions[] => {
  const { words, isOpen, isMac } = parts
  const command = (
    label: string,
    name: MenuCommand,
    click = () => parts.command(name),
  ): MenuItemConstructorOptions => {
    const accelerator = acceleratorOf(name)
    return { label, enabled: isOpen, click, ...(accelerator !== undefined && { accelerator }) }
  }
  const zoom = (label: string, move: ZoomMove, keys: readonly string[]): MenuItemConstructorOptions[] =>
    keys.map((accelerator, at) => ({
      label,
      accelerator,
      // The same key lies elsewhere on other keyboards, and once more among the digits.
      visible: at === 0,
      acceleratorWorksWhenHidden: true,
      click: () => parts.zoom(move),
    }))
  const line: MenuItemConstructorOptions = { type: 'separator' }
  return [
    ...(isMac ? [{ role: 'appMenu' as const }] : []),
    {
      label: words.file,
      submenu: [
        command(words.newMessage, 'compose'),
        command(words.sync, 'syncNow'),
        line,
        command(words.settings, 'settings'),
        command(words.lock, 'lock', parts.lock),
        line,
        { label: words.quit, role: 'quit' },
      ],
    },
    {
      label: words.edit,
      submenu: [
        { label: words.undo, role: 'undo' },
        line,
        { label: words.cut, role: 'cut' },
        { label: words.copy, role: 'copy' },
        { label: words.paste, role: 'paste' },
        { label: words.pastePlain, role: 'pasteAndMatchStyle' },
        { label: words.selectAll, role: 'selectAll' },
        line,
        command(words.find, 'search'),
      ],
    },
    {
      label: words.view,
      submenu: [
        ...zoom(words.zoomIn, 'in', ['CmdOrCtrl+Plus', 'CmdOrCtrl+=', 'CmdOrCtrl+numadd']),
        ...zoom(words.zoomOut, 'out', ['CmdOrCtrl+-', 'CmdOrCtrl+numsub']),
        ...zoom(words.zoomReset, 'reset', ['CmdOrCtrl+0', 'CmdOrCtrl+num0']),
        line,
        { label: words.fullScreen, role: 'togglefullscreen' },
        ...(parts.developerTools
          ? [line, { label: words.developerTools, role: 'toggleDevTools' as const }]
          : []),
      ],
    },
    {
      label: words.help,
      role: 'help',
      submenu: [command(words.shortcuts, 'shortcuts'), { label: words.about, click: parts.about }],
    },
  ]
}

/** Puts the menu in place of whatever menu there was. */
export const setMenu = (parts: MenuParts): void =>
  Menu.setApplicationMenu(Menu.buildFromTemplate(menuTemplate(parts)))

import type { ContextMenuParams, MenuItemConstructorOptions } from 'electron'
import type { Words } from './dialogs/words'
import { type LinkTarget, linkTarget } from './mail-frame/link-target'

/** What the menu is told of the place that was pressed. */
export type TextPlace = Pick<ContextMenuParams, 'isEditable' | 'linkURL' | 'selectionText'> &
  Readonly<{
    editFlags: Pick<
      ContextMenuParams['editFlags'],
      'canUndo' | 'canRedo' | 'canCut' | 'canCopy' | 'canPaste' | 'canSelectAll'
    >
  }>

export type TextMenuParts = Readonly<{
  words: Words
  /** Mail can be read, and so be searched. */
  isOpen: boolean
  copy: (text: string) => void
  /** Searches the mail for words, which hold no line break and no quotation mark. */
  lookUp: (text: string) => void
}>

/** Nobody looks up more; a search of thousands of words finds nothing. */
const mostLookedUp = 200
/** Characters of the selection in the menu. */
const mostShown = 24

/** The selected words as they are searched for: in one line, without marks that the search would read as its own. */
export const lookedUp = (selection: string): string =>
  selection
    .replaceAll(/\p{Cf}/gu, '')
    .replaceAll(/[\s"\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, mostLookedUp)
    .trim()

const shown = (text: string): string => {
  const characters = [...text]
  const short =
    characters.length > mostShown ? `${characters.slice(0, mostShown).join('').trimEnd()} …` : text
  // One & would underline the letter after it.
  return short.replaceAll('&', '&&')
}

/** What goes to the clipboard of a link; a link too long to be opened is copied whole. */
const copied = (link: LinkTarget, whole: string): string => {
  if (link.kind === 'phone') return link.number
  if (link.kind === 'too-long') return whole
  return link.kind === 'mail' ? addressesOf(link.url) : link.url
}

/** The entries that fit a place in text, in groups. Empty where nothing can be done. */
export const textMenu = (place: TextPlace, parts: TextMenuParts): MenuItemConstructorOptions[] => {
  const { words } = parts
  const { editFlags: can, isEditable } = place
  const selection = lookedUp(place.selectionText)
  const link = linkTarget(place.linkURL)
  const groups: (MenuItemConstructorOptions | false)[][] = [
    [
      isEditable && can.canUndo && { label: words.undo, role: 'undo' },
      isEditable && can.canRedo && { label: words.redo, role: 'redo' },
    ],
    [
      isEditable && can.canCut && { label: words.cut, role: 'cut' },
      (isEditable ? can.canCopy : selection !== '') && { label: words.copy, role: 'copy' },
      isEditable && can.canPaste && { label: words.paste, role: 'paste' },
      isEditable && can.canPaste && { label: words.pastePlain, role: 'pasteAndMatchStyle' },
      isEditable && can.canSelectAll && { label: words.selectAll, role: 'selectAll' },
    ],
    [
      link !== null && {
        label: link.kind === 'mail' ? words.copyMailAddress : words.copyLinkAddress,
        click: () => parts.copy(copied(link, place.linkURL)),
      },
    ],
    [
      parts.isOpen &&
        selection !== '' && {
          label: words.lookUp.replace('{{text}}', () => shown(selection)),
          click: () => parts.lookUp(selection),
        },
    ],
  ]
  return groups
    .map(group => group.filter(entry => entry !== false))
    .filter(group => group.length > 0)
    .flatMap((group, at) => (at === 0 ? group : [{ type: 'separator' as const }, ...group]))
}

/** The addresses of a `mailto:` link (RFC 6068), without its subject and text. */
const addressesOf = (url: string): string => {
  const path = url.replace(/^mailto:/i, '').replace(/\?.*$/s, '')
  try {
    return decodeURIComponent(path)
  } catch {
    return path
  }
}

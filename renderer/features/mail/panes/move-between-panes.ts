import { useMail } from '../state'

/** Brings the message being read in front, where list and reader take turns. */
export const showReader = (): void => useMail.setState({ front: 'reader', foldersOpen: false })

/** Brings the list in front, where list and reader take turns. */
export const showList = (): void => useMail.setState({ front: 'list', foldersOpen: false })

/** Lays the folders over the room, where they do not fit beside it. */
export const showFolders = (): void => useMail.setState({ foldersOpen: true })

/** One pane back: the folders give way, then the reader. False where there is nothing to go back from. */
export function stepBack(): boolean {
  const { paneCount, front, foldersOpen } = useMail.getState()
  if (foldersOpen && paneCount < 3) useMail.setState({ foldersOpen: false })
  else if (paneCount === 1 && front === 'reader') showList()
  else return false
  return true
}

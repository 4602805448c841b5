import { useHost } from '../../../host/host-context'
import { startDraft } from '../../../state/drafts/start-draft'
import type { CommandHandlers } from '../../../state/keys/command-registry'
import { useCommands } from '../../../state/keys/use-commands'
import { showReader } from '../panes/move-between-panes'
import { setSearch, setSelection, useMail } from '../state'
import { focusList } from './focus-list'
import { nothingSelected, selectEvery, step, toggleRow } from './selection'
import type { MessageList } from './use-message-list'

/** Rows a page key steps; a screen shows about this many. */
const pageRows = 10

/** Keys of the message list. */
export function useListKeys(list: MessageList): void {
  const host = useHost()
  const move = (offset: number, extend: boolean) => () => {
    setSelection(step(list.ids, useMail.getState().selection, offset, extend))
    focusList()
  }
  const handlers: CommandHandlers = {
    next: move(1, false),
    previous: move(-1, false),
    extendDown: move(1, true),
    extendUp: move(-1, true),
    pageDown: move(pageRows, false),
    pageUp: move(-pageRows, false),
    first: move(-list.ids.length, false),
    last: move(list.ids.length, false),
    select: () => {
      const { selection } = useMail.getState()
      if (selection.focus !== null) setSelection(toggleRow(selection, selection.focus))
    },
    selectAll: () => setSelection(selectEvery(list.ids, useMail.getState().selection)),
    open: () => {
      const { focus } = useMail.getState().selection
      if (focus === null) move(1, false)()
      else if (list.role === 'drafts') void startDraft(host, 'edit', focus)
      else {
        showReader()
        // Before the message is here there is only the pane to stand on; the message takes the keyboard over when it comes.
        const stop = document.querySelector<HTMLElement>('#pane-reader [data-pane-stop]')
        ;(stop ?? document.getElementById('pane-reader'))?.focus()
      }
    },
    back: () => {
      const { selection, search } = useMail.getState()
      if (selection.selected.size > 1 || (search === null && selection.focus !== null))
        setSelection(nothingSelected)
      else setSearch(null)
      focusList()
    },
  }
  useCommands(handlers)
}

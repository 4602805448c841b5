import './mail-room.css'
import { type CSSProperties, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { useAppStore } from '../../state/app-store'
import { useLiveQuery } from '../../state/live/use-live-query'
import { savePreferences } from '../../state/save-preferences'
import { Splitter } from '../../ui/layout/splitter'
import { MessageActions } from './actions/message-actions'
import { FolderPane } from './folders/folder-pane'
import { ListPane } from './list/list-pane'
import { useMessageList } from './list/use-message-list'
import { usePanes } from './panes/use-panes'
import { ReaderPane } from './reader/reader-pane'
import { useMail } from './state'

const folderLimits = { min: 160, max: 480 } as const
const listLimits = { min: 260, max: 900 } as const

/**
 * Folders, list and reader: beside each other where there is room, else the folders lie over the list when asked for,
 * and in a small window list and reader take turns. The style sheet says how many fit.
 */
export function MailRoom() {
  const { t } = useTranslation('app')
  const host = useHost()
  const stored = useAppStore(state => state.preferences.panes)
  const [widths, setWidths] = useState(stored)
  useEffect(() => setWidths(stored), [stored])
  const accounts = useLiveQuery('accounts.list', {})
  const mailboxes = useLiveQuery('mailboxes.list', {})
  const list = useMessageList(mailboxes.data ?? [])
  const room = useRef<HTMLElement>(null)
  usePanes(room)
  const front = useMail(state => state.front)
  const foldersLieOver = useMail(state => state.foldersOpen && state.paneCount < 3)

  // Remembered widths are wishes: the style sheet gives what there is room for.
  const wishes = { '--folders': `${widths.folders}px`, '--list': `${widths.list}px` } as CSSProperties
  return (
    <div className="mail-room-bounds">
      <main
        ref={room}
        className="mail-room"
        data-front={front}
        data-folders={foldersLieOver ? 'open' : 'closed'}
        style={wishes}
      >
        <FolderPane accounts={accounts.data ?? []} mailboxes={mailboxes.data ?? []} />
        <Splitter
          label={t('pane.resizeFolders')}
          controls="pane-folders"
          {...folderLimits}
          onResize={folders => setWidths({ ...widths, folders })}
          onCommit={folders => void savePreferences(host, { panes: { ...widths, folders } })}
        />
        {foldersLieOver ? (
          // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: Escape does the same for the keyboard.
          <div className="mail-room-veil" onClick={() => useMail.setState({ foldersOpen: false })} />
        ) : null}
        <MessageActions list={list} mailboxes={mailboxes.data ?? []}>
          <ListPane list={list} accounts={accounts.data ?? null} />
          <Splitter
            label={t('pane.resizeList')}
            controls="pane-list"
            {...listLimits}
            onResize={width => setWidths({ ...widths, list: width })}
            onCommit={width => void savePreferences(host, { panes: { ...widths, list: width } })}
          />
          <ReaderPane mailboxes={mailboxes.data ?? []} hasMessages={list.ids.length > 0} />
        </MessageActions>
      </main>
    </div>
  )
}

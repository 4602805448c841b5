import './mail-room.css'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../host/host-context'
import { useAppStore } from '../../state/app-store'
import { savePreferences } from '../../state/save-preferences'
import { useLiveQuery } from '../../state/use-live-query'
import { Splitter } from '../../ui/splitter'
import { MessageActions } from './actions/message-actions'
import { FolderPane } from './folders/folder-pane'
import { ListPane } from './list/list-pane'
import { useMessageList } from './list/use-message-list'
import { ReaderPane } from './reader/reader-pane'

const folderLimits = { min: 160, max: 480 } as const
const listLimits = { min: 260, max: 900 } as const

/** Folders, list and reader beside each other. */
export function MailRoom() {
  const { t } = useTranslation('app')
  const host = useHost()
  const stored = useAppStore(state => state.preferences.panes)
  const [panes, setPanes] = useState(stored)
  useEffect(() => setPanes(stored), [stored])
  const accounts = useLiveQuery('accounts.list', {})
  const mailboxes = useLiveQuery('mailboxes.list', {})
  const list = useMessageList(mailboxes.data ?? [])

  // In a small window the two on the left give way: the reader and its toolbar would be cut at the edge.
  const folders = `minmax(${folderLimits.min}px, ${panes.folders}px)`
  const rows = `minmax(${listLimits.min}px, ${panes.list}px)`
  return (
    <main
      className="mail-room"
      style={{ gridTemplateColumns: `${folders} 1px ${rows} 1px minmax(366px, 1fr)` }}
    >
      <FolderPane accounts={accounts.data ?? []} mailboxes={mailboxes.data ?? []} />
      <Splitter
        label={t('pane.resizeFolders')}
        controls="pane-folders"
        width={panes.folders}
        {...folderLimits}
        onResize={width => setPanes({ ...panes, folders: width })}
        onCommit={width => void savePreferences(host, { panes: { ...panes, folders: width } })}
      />
      <MessageActions list={list} mailboxes={mailboxes.data ?? []}>
        <ListPane list={list} hasAccounts={accounts.data === undefined || accounts.data.length > 0} />
        <Splitter
          label={t('pane.resizeList')}
          controls="pane-list"
          width={panes.list}
          {...listLimits}
          onResize={width => setPanes({ ...panes, list: width })}
          onCommit={width => void savePreferences(host, { panes: { ...panes, list: width } })}
        />
        <ReaderPane list={list} mailboxes={mailboxes.data ?? []} />
      </MessageActions>
    </main>
  )
}

import './folder-pane.css'
import { PenLine } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountSummary } from '../../../../shared/features/accounts/model'
import type { MailboxSummary } from '../../../../shared/features/mail/model'
import { useHost } from '../../../host/host-context'
import { useFormat } from '../../../i18n/use-format'
import { startDraft } from '../../../state/drafts/start-draft'
import { Button } from '../../../ui/actions/button'
import { ContextMenu, type MenuPlace } from '../../../ui/actions/menu'
import { Tree } from '../../../ui/layout/tree'
import { openSource, useMail } from '../state'
import { FolderDialogs, type FolderQuestion } from './folder-dialogs'
import { type FolderLine, folderLines, mailboxLineId, roleLineId } from './folder-lines'
import { useFolderMenu } from './use-folder-menu'
import { useFolderTreeLines } from './use-folder-tree-lines'
import { useMessageDrop } from './use-message-drop'

type Menu = Readonly<{ line: FolderLine; place: MenuPlace }>

/** Accounts and their folders. */
export function FolderPane({
  accounts,
  mailboxes,
}: Readonly<{ accounts: readonly AccountSummary[]; mailboxes: readonly MailboxSummary[] }>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  const { locale } = useFormat()
  const source = useMail(state => state.source)
  const searching = useMail(state => state.search !== null)
  const [collapsed, setCollapsed] = useState<ReadonlySet<string>>(new Set())
  const [focusedId, setFocusedId] = useState<string | null>(null)
  const [menu, setMenu] = useState<Menu | null>(null)
  const [question, setQuestion] = useState<FolderQuestion | null>(null)
  const lines = folderLines(accounts, mailboxes, collapsed, locale)
  const treeLines = useFolderTreeLines(lines)
  const menuFor = useFolderMenu(accounts, setQuestion)
  const drop = useMessageDrop(lines)

  const selectedId = (() => {
    if (searching) return null
    if (source.kind === 'mailbox') return mailboxLineId(source.mailboxId)
    const same = mailboxes.filter(mailbox => mailbox.role === source.role)
    return same.length === 1 && same[0] !== undefined ? mailboxLineId(same[0].id) : roleLineId(source.role)
  })()

  const lineOf = (id: string) => lines.find(line => line.id === id)
  const onSelect = (id: string) => {
    const line = lineOf(id)
    if (line?.kind === 'unified') openSource({ kind: 'role', role: line.role })
    if (line?.kind !== 'mailbox') return
    // A folder that the server has no more may still hold what is only here.
    if (line.mailbox.selectable || line.mailbox.total > 0)
      openSource({ kind: 'mailbox', mailboxId: line.mailbox.id })
    else onToggle(id)
  }
  const onToggle = (id: string) => {
    const next = new Set(collapsed)
    if (!next.delete(id)) next.add(id)
    setCollapsed(next)
  }
  const onMenu = (id: string, place: MenuPlace) => {
    const line = lineOf(id)
    if (line !== undefined && menuFor(line).length > 0) setMenu({ line, place })
  }

  return (
    <nav aria-label={t('folders.label')} className="folder-pane" data-pane tabIndex={-1} id="pane-folders">
      <div className="folder-pane-head">
        <Button
          variant="primary"
          icon={PenLine}
          className="folder-compose"
          onPress={() => void startDraft(host, 'new')}
        >
          {t('compose')}
        </Button>
      </div>
      <div className="folder-pane-scroll scroll">
        <Tree
          label={t('folders.label')}
          lines={treeLines}
          selectedId={selectedId}
          focusedId={focusedId}
          onFocus={setFocusedId}
          onSelect={onSelect}
          onToggle={onToggle}
          onMenu={onMenu}
          {...drop}
        />
      </div>
      <ContextMenu
        label={t('folders.menu', { name: treeLines.find(line => line.id === menu?.line.id)?.name ?? '' })}
        entries={menu === null ? [] : menuFor(menu.line)}
        place={menu?.place ?? null}
        onClose={() => setMenu(null)}
      />
      <FolderDialogs question={question} onClose={() => setQuestion(null)} />
    </nav>
  )
}

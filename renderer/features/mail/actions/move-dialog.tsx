import './move-dialog.css'
import { type KeyboardEvent, useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailboxSummary } from '../../../../shared/features/mail/model'
import type { MailboxId, MessageId } from '../../../../shared/kit/ids'
import { useFormat } from '../../../i18n/use-format'
import { Icon } from '../../../ui/actions/icon'
import { Dialog } from '../../../ui/overlays/dialog'
import { folderIcon } from '../folders/folder-icon'
import { useMailboxName } from '../folders/mailbox-name'
import { rankFolders } from './rank-folders'
import { usePlacesOf } from './use-places-of'

// Without a delimiter (NIL) there are no levels.
const levelsAbove = ({ path, delimiter }: MailboxSummary): readonly string[] =>
  delimiter === '' ? [] : path.split(delimiter).slice(0, -1)

/** Choosing a folder by typing part of its name: arrows move, Enter takes. */
export function MoveDialog({
  ids,
  shown,
  mailboxes,
  onChoose,
  onClose,
}: Readonly<{
  ids: readonly MessageId[]
  /** The mailbox they are shown in, when it is one. */
  shown: MailboxSummary | null
  mailboxes: readonly MailboxSummary[]
  onChoose: (id: MailboxId) => void
  onClose: () => void
}>) {
  const { t } = useTranslation('mail')
  const { locale } = useFormat()
  const nameOf = useMailboxName()
  const listId = useId()
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const places = usePlacesOf(ids, shown)
  /** Enter was pressed before it was known what there is to choose from. */
  const [choosesSoon, setChoosesSoon] = useState(false)
  const candidates = mailboxes
    .filter(mailbox => mailbox.selectable && places?.accountIds.includes(mailbox.accountId))
    .filter(mailbox => places?.mailboxIds.length !== 1 || mailbox.id !== places.mailboxIds[0])
    .map(mailbox => ({ mailbox, name: nameOf(mailbox) }))
  const found = rankFolders(candidates, text, locale)
  const current = found[Math.min(at, found.length - 1)]

  const choose = (id: MailboxId) => {
    onClose()
    onChoose(id)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter' && current !== undefined) choose(current.mailbox.id)
    else if (event.key === 'Enter' && places === null) setChoosesSoon(true)
    else return
    event.preventDefault()
  }
  useEffect(() => {
    if (!choosesSoon || places === null) return
    setChoosesSoon(false)
    if (current !== undefined) choose(current.mailbox.id)
  })
  const optionId = (id: MailboxId) => `${listId}-${id}`

  return (
    <Dialog title={t('move.title', { count: ids.length })} isOpen onClose={onClose}>
      <input
        autoComplete="off"
        autoFocus
        type="text"
        role="combobox"
        aria-label={t('move.filter')}
        aria-expanded
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={current === undefined ? undefined : optionId(current.mailbox.id)}
        className="ui-input"
        placeholder={t('move.placeholder')}
        value={text}
        onChange={event => {
          setText(event.target.value)
          setAt(0)
        }}
        onKeyDown={onKeyDown}
      />
      <div id={listId} role="listbox" aria-label={t('move.label')} className="move-list scroll">
        {found.map(({ mailbox, name }) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the field above hears the keyboard for the list.
          <div
            key={mailbox.id}
            id={optionId(mailbox.id)}
            role="option"
            tabIndex={-1}
            aria-selected={mailbox === current?.mailbox}
            className="move-option"
            ref={node => {
              if (mailbox === current?.mailbox) node?.scrollIntoView({ block: 'nearest' })
            }}
            onClick={() => choose(mailbox.id)}
          >
            <Icon of={folderIcon(mailbox)} />
            <span>{name}</span>
            {mailbox.path === name || mailbox.role !== 'none' ? null : (
              <span className="move-path clip">{levelsAbove(mailbox).join(' › ')}</span>
            )}
          </div>
        ))}
        {found.length === 0 && places !== null ? <p className="move-nothing">{t('move.nothing')}</p> : null}
      </div>
    </Dialog>
  )
}

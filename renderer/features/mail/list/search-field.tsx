import { PanelLeft, PenLine, Search, X } from 'lucide-react'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { firstKeys } from '../../../../shared/ipc/commands'
import { useHost } from '../../../host/host-context'
import { startDraft } from '../../../state/drafts/start-draft'
import { useCommands } from '../../../state/keys/use-commands'
import { Icon } from '../../../ui/actions/icon'
import { IconButton } from '../../../ui/actions/icon-button'
import { Kbd } from '../../../ui/actions/kbd'
import { Select } from '../../../ui/fields/select'
import { useMailboxName } from '../folders/mailbox-name'
import { showFolders } from '../panes/move-between-panes'
import { setSearch, useMail } from '../state'
import { focusList } from './focus-list'
import { type MessageList, searchScopeOf } from './use-message-list'

/** A word is asked for when typing rests. */
const restMs = 180

/** Searches while typing. Enter or arrow down goes to the results, Escape leaves. */
export function SearchField({ list }: Readonly<{ list: MessageList }>) {
  const { t } = useTranslation(['mail', 'common'])
  const host = useHost()
  const nameOf = useMailboxName()
  const search = useMail(state => state.search)
  const [text, setText] = useState('')
  const input = useRef<HTMLInputElement>(null)
  const scope = searchScopeOf(list)
  const scopeId = search?.mailboxId ?? null

  /** What this field asked for last. */
  const asked = useRef('')

  // Another folder was opened, or the search was left by Escape elsewhere.
  useEffect(() => {
    if (search === null) setText('')
    // Words were looked up from a text.
    else if (search.text !== asked.current) setText(search.text)
    asked.current = search?.text ?? ''
  }, [search])
  useEffect(() => {
    if (text.trim() === '') return
    const timer = setTimeout(() => {
      const now = useMail.getState().search
      if (now?.text === text) return
      asked.current = text
      setSearch({ text, mailboxId: now?.mailboxId ?? null })
    }, restMs)
    return () => clearTimeout(timer)
  }, [text])

  useCommands({ search: () => input.current?.select() })
  const leave = () => {
    setText('')
    setSearch(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      leave()
      focusList()
    } else if (event.key === 'Enter' || event.key === 'ArrowDown') {
      if (text.trim() !== '') {
        asked.current = text
        setSearch({ text, mailboxId: scopeId })
      }
      focusList()
    } else return
    event.preventDefault()
  }

  return (
    <search className="list-search">
      <IconButton
        label={t('mail:folders.show')}
        icon={PanelLeft}
        className="for-two-panes"
        onPress={showFolders}
      />
      <div className="list-search-box">
        <Icon of={Search} />
        <input
          autoComplete="off"
          ref={input}
          type="search"
          dir="auto"
          className="ui-input"
          aria-label={t('mail:search.label')}
          placeholder={t('mail:search.placeholder')}
          title={t('mail:search.typing')}
          maxLength={1000}
          value={text}
          onChange={event => {
            setText(event.target.value)
            if (event.target.value.trim() === '') setSearch(null)
          }}
          onKeyDown={onKeyDown}
        />
        <span className="list-search-end">
          {text === '' ? (
            <Kbd keys={firstKeys('search')} />
          ) : (
            <IconButton label={t('common:clear')} icon={X} onPress={leave} />
          )}
        </span>
      </div>
      {search !== null && scope !== null && list.mailbox !== null ? (
        <Select
          label={t('mail:search.scope')}
          hideLabel
          isQuiet
          options={[
            { id: 'all', label: t('mail:search.everywhere') },
            { id: 'here', label: t('mail:search.inFolder', { name: nameOf(list.mailbox) }) },
          ]}
          value={scopeId === null ? 'all' : 'here'}
          onChange={value => setSearch({ text, mailboxId: value === 'here' ? scope : null })}
        />
      ) : null}
      <IconButton
        label={t('mail:compose')}
        icon={PenLine}
        command="compose"
        className="for-two-panes list-compose"
        onPress={() => void startDraft(host, 'new')}
      />
    </search>
  )
}

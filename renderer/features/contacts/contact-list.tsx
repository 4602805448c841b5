import {
  Building2,
  Ellipsis,
  FileDown,
  FileUp,
  Merge,
  Plus,
  Search,
  ShieldAlert,
  ShieldCheck,
  Users,
} from 'lucide-react'
import { ListBox, ListBoxItem, ListLayout, Virtualizer } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { AddressBook, BookId } from '../../../shared/features/contacts/model'
import { useLiveQuery } from '../../state/live/use-live-query'
import { useUi } from '../../state/ui-store'
import { Button } from '../../ui/actions/button'
import { Icon } from '../../ui/actions/icon'
import { IconButton } from '../../ui/actions/icon-button'
import { Menu } from '../../ui/actions/menu'
import { EmptyState } from '../../ui/feedback/empty-state'
import { Select } from '../../ui/fields/select'
import { withoutControls } from '../../ui/fields/text-direction'
import type { FormKind } from './form/contact-form'
import { useBookName } from './use-book-name'
import { useExport } from './use-files'
import type { Line, Listed, Shown } from './use-listed'

const rowHeightPx = 46
const allBooks = 'all'

/** The list, with the book that it shows and the words that it is searched by. Arrow keys go through it, letters jump. */
export function ContactList({
  books,
  bookId,
  onBook,
  text,
  onText,
  listed,
  shown,
  onShow,
  onAdd,
  onDuplicates,
  onImport,
  target,
}: Readonly<{
  books: readonly AddressBook[]
  bookId: BookId | null
  onBook: (bookId: BookId | null) => void
  text: string
  onText: (text: string) => void
  listed: Listed
  shown: Shown | null
  onShow: (shown: Shown) => void
  onAdd: (kind: FormKind) => void
  onDuplicates: () => void
  onImport: () => void
  /** The book that new ones go into; null where none can be written to. */
  target: BookId | null
}>) {
  const { t } = useTranslation(['contacts', 'collections'])
  const nameOf = useBookName()
  const exportFrom = useExport()
  const { data: encrypted = [] } = useLiveQuery('collections.encrypted', {})
  const looked = bookId ?? target
  const protect = (book: AddressBook) =>
    useUi.setState({ protecting: { kind: 'contacts', collectionId: book.id, name: nameOf(book) } })
  // What is on this machine only is encrypted with its profile.
  const protectable = books.filter(
    book => book.accountId !== null && !book.readOnly && (bookId === null || book.id === bookId),
  )
  const chosen = books.find(({ id }) => id === bookId)
  const state = encrypted.find(each => each.kind === 'contacts' && each.collectionId === bookId)?.state
  const selected = shown === null ? [] : [shown.kind === 'contact' ? String(shown.id) : shown.address]
  return (
    <section className="contacts-list" aria-label={t('list')} data-pane tabIndex={-1}>
      <div className="contacts-head">
        <Select<string>
          label={t('book')}
          hideLabel
          isQuiet
          options={[
            { id: allBooks, label: t('allBooks') },
            ...books.map(book => ({ id: String(book.id), label: nameOf(book) })),
          ]}
          value={bookId === null ? allBooks : String(bookId)}
          onChange={value => onBook(books.find(book => String(book.id) === value)?.id ?? null)}
        />
        <span className="contacts-tools">
          {state === undefined || chosen === undefined ? null : (
            <IconButton
              label={t(`collections:states.${state}`)}
              icon={state === 'joinable' ? ShieldAlert : ShieldCheck}
              onPress={() => protect(chosen)}
            />
          )}
          <Menu
            label={t('files')}
            entries={[
              {
                id: 'group',
                label: t('addGroup'),
                icon: Users,
                isDisabled: target === null,
                run: () => onAdd('group'),
              },
              { id: 'duplicates', label: t('duplicates.find'), icon: Merge, run: onDuplicates },
              ...(protectable.length === 0
                ? []
                : [
                    {
                      id: 'encryption',
                      label: t('collections:open'),
                      icon: ShieldCheck,
                      ...(chosen === undefined
                        ? {
                            entries: protectable.map(book => ({
                              id: String(book.id),
                              label: nameOf(book),
                              run: () => protect(book),
                            })),
                          }
                        : { run: () => protect(chosen) }),
                    },
                  ]),
              'line',
              {
                id: 'import',
                label: t('import'),
                icon: FileDown,
                isDisabled: target === null,
                run: onImport,
              },
              {
                id: 'export',
                label: t('export'),
                icon: FileUp,
                isDisabled: looked === null,
                run: () => (looked === null ? undefined : void exportFrom(looked)),
              },
            ]}
          >
            <IconButton label={t('files')} icon={Ellipsis} />
          </Menu>
          <IconButton label={t('add')} icon={Plus} onPress={() => onAdd('person')} />
        </span>
      </div>
      <search className="contacts-search">
        <Icon of={Search} />
        <input
          autoComplete="off"
          type="search"
          dir="auto"
          className="ui-input"
          aria-label={t('find')}
          placeholder={t('findHint')}
          maxLength={500}
          value={text}
          onChange={event => onText(event.target.value)}
        />
      </search>
      <p className="spoken" role="status">
        {listed.isLoaded ? t('count', { count: listed.lines.length }) : ''}
      </p>
      {listed.lines.length === 0 && listed.isLoaded ? (
        <NothingListed
          isSearch={text.trim() !== ''}
          isCollected={listed.isCollected}
          onImport={target === null ? null : onImport}
        />
      ) : (
        <Virtualizer layout={ListLayout} layoutOptions={{ rowHeight: rowHeightPx }}>
          <ListBox
            aria-label={t('list')}
            className="contacts-lines scroll"
            items={listed.lines.map(line => ({ ...line, id: line.key }))}
            selectionMode="single"
            selectionBehavior="replace"
            selectedKeys={selected}
            onSelectionChange={keys => {
              const [key] = keys === 'all' ? [] : [...keys]
              const line = listed.lines.find(each => each.key === key)
              if (line !== undefined) onShow(line.shown)
            }}
          >
            {line => (
              <ListBoxItem id={line.key} textValue={line.name || t('noName')} className="contacts-line">
                <LineContent line={line} />
              </ListBoxItem>
            )}
          </ListBox>
        </Virtualizer>
      )}
    </section>
  )
}

function LineContent({ line }: Readonly<{ line: Line }>) {
  const { t } = useTranslation('contacts')
  return (
    <>
      <span className="contacts-line-name clip" dir="auto">
        {line.kind === 'group' ? <Icon of={Users} size={14} /> : null}
        {line.kind === 'organisation' ? <Icon of={Building2} size={14} /> : null}
        <bdi className="clip">{withoutControls(line.name) || t('noName')}</bdi>
        {line.kind === 'individual' ? null : <span className="spoken"> ({t(line.kind)})</span>}
      </span>
      <span className="contacts-line-detail clip">
        <bdi>{withoutControls(line.detail)}</bdi>
      </span>
    </>
  )
}

function NothingListed({
  isSearch,
  isCollected,
  onImport,
}: Readonly<{ isSearch: boolean; isCollected: boolean; onImport: (() => void) | null }>) {
  const { t } = useTranslation('contacts')
  if (isSearch) return <EmptyState title={t('nobody')}>{t('nobodyText')}</EmptyState>
  if (isCollected) return <EmptyState title={t('noCollected')}>{t('noCollectedText')}</EmptyState>
  return (
    <EmptyState
      title={t('empty')}
      actions={onImport === null ? undefined : <Button onPress={onImport}>{t('import')}</Button>}
    >
      {t('emptyText')}
    </EmptyState>
  )
}

import './contacts.css'
import { Contact as ContactIcon } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { BookId, ContactId } from '../../../shared/features/contacts/model'
import { useHost } from '../../host/host-context'
import { useLiveQuery } from '../../state/live/use-live-query'
import { runCommand } from '../../state/run-command'
import { useUi } from '../../state/ui-store'
import { EmptyState } from '../../ui/feedback/empty-state'
import { ContactList } from './contact-list'
import { DuplicatesDialog } from './duplicates/duplicates-dialog'
import { ContactForm, type FormKind } from './form/contact-form'
import { type ChosenFile, ImportDialog } from './import/import-dialog'
import { CollectedPage } from './page/collected-page'
import { ContactPage } from './page/contact-page'
import { type Shown, useListed } from './use-listed'

/** Contacts: a list with find, and a page for each; in a small window the two take turns. */
export function ContactsRoom() {
  const { t } = useTranslation('contacts')
  const [bookId, setBookId] = useState<BookId | null>(null)
  const [text, setText] = useState('')
  const [shown, setShown] = useState<Shown | null>(null)
  const [adding, setAdding] = useState<FormKind | null>(null)
  const [isMerging, setMerging] = useState(false)
  const [file, setFile] = useState<ChosenFile | null>(null)
  const host = useHost()
  const choose = async () => setFile(await runCommand(host, 'files.chooseContacts', {}))
  const books = useLiveQuery('contacts.books', {}).data ?? []
  const listed = useListed(books, bookId, text)
  // Where a new contact goes: the book that is looked at, else the first that can be written into.
  const target =
    books.find(({ id, readOnly }) => id === bookId && !readOnly) ?? books.find(book => !book.readOnly)
  // Found in another room.
  const pointed = useUi(state => state.pointed)
  useEffect(() => {
    if (pointed?.kind !== 'contact') return
    setShown({ kind: 'contact', id: pointed.id })
    useUi.setState({ pointed: null })
  }, [pointed])
  const show = (id: ContactId) => setShown({ kind: 'contact', id })

  return (
    <main className="contacts" aria-label={t('title')} data-front={shown === null ? 'list' : 'page'}>
      <ContactList
        books={books}
        bookId={bookId}
        onBook={book => {
          setBookId(book)
          setShown(null)
        }}
        text={text}
        onText={setText}
        listed={listed}
        shown={shown}
        onShow={setShown}
        onAdd={setAdding}
        onDuplicates={() => setMerging(true)}
        onImport={() => void choose()}
        target={target?.id ?? null}
      />
      <section className="contacts-page scroll" aria-label={t('title')} data-pane tabIndex={-1}>
        {shown === null ? (
          <EmptyState icon={ContactIcon} title={t('choose')} />
        ) : shown.kind === 'contact' ? (
          <ContactPage key={shown.id} id={shown.id} onShow={show} onLeave={() => setShown(null)} />
        ) : (
          <CollectedPage
            key={shown.address}
            person={shown}
            bookId={target?.id ?? null}
            onKept={show}
            onLeave={() => setShown(null)}
          />
        )}
      </section>
      {file !== null && target !== undefined ? (
        <ImportDialog chosen={file} books={books} usual={target.id} onClose={() => setFile(null)} />
      ) : null}
      {isMerging ? <DuplicatesDialog books={books} onClose={() => setMerging(false)} onShow={show} /> : null}
      {adding !== null && target !== undefined ? (
        <ContactForm
          bookId={target.id}
          kind={adding}
          onClose={() => setAdding(null)}
          onSaved={id => {
            setText('')
            show(id)
          }}
        />
      ) : null}
    </main>
  )
}

import { Merge } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AddressBook, ContactId, ContactSummary } from '../../../../shared/features/contacts/model'
import type { CallOutput } from '../../../../shared/ipc/contract'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { EmptyState } from '../../../ui/feedback/empty-state'
import { withoutControls } from '../../../ui/fields/text-direction'
import { Dialog } from '../../../ui/overlays/dialog'

/** More are shown when these are done. */
const mostShown = 100

type Conflicts = CallOutput<'contacts.merge'>['conflicts']

/** Contacts that are probably one person, each pair with the way to make one of it. */
export function DuplicatesDialog({
  books,
  onClose,
  onShow,
}: Readonly<{ books: readonly AddressBook[]; onClose: () => void; onShow: (id: ContactId) => void }>) {
  const { t } = useTranslation(['contacts', 'common'])
  const host = useHost()
  const { data: found } = useLiveQuery('contacts.duplicates', {})
  const { data: list } = useLiveQuery('contacts.list', { bookId: null })
  const [conflicts, setConflicts] = useState<Conflicts>([])
  const byId = new Map((list ?? []).map(each => [each.id, each]))
  const fixed = new Set(books.filter(({ readOnly }) => readOnly).map(({ id }) => id))
  const groups = (found ?? []).map(({ ids, by }) => ({
    by,
    people: ids.flatMap(id => byId.get(id) ?? []),
  }))
  const mergeable = groups
    .map(({ by, people }) => ({ by, people: people.filter(({ bookId }) => !fixed.has(bookId)) }))
    .filter(({ people }) => people.length > 1)
  const hasFixed = groups.some(({ people }) => people.some(({ bookId }) => fixed.has(bookId)))

  const merge = async (people: readonly ContactSummary[]) => {
    const [first] = people
    if (first === undefined) return
    const done = await runCommand(host, 'contacts.merge', { ids: people.map(({ id }) => id) })
    if (done === null) return
    setConflicts(done.conflicts)
    const undo = async () => {
      if ((await runCommand(host, 'undo.last', { undoId: done.undoId })) !== null) setConflicts([])
    }
    showToast({
      kind: 'notice',
      text: t('contacts:duplicates.merged', { name: nameOf(first), count: people.length - 1 }),
      action: { label: t('contacts:undo'), run: () => void undo() },
    })
  }
  const nameOf = ({ name }: ContactSummary): string => withoutControls(name) || t('contacts:noName')
  return (
    <Dialog
      title={t('contacts:duplicates.title')}
      isOpen
      size="medium"
      onClose={onClose}
      actions={<Button onPress={onClose}>{t('common:close')}</Button>}
    >
      {conflicts.length === 0 ? null : (
        <ul className="duplicates-kept" role="status">
          {conflicts.map(({ name, kept, other }) => (
            <li key={`${name} ${kept} ${other}`}>
              {t('contacts:duplicates.kept', { field: name, kept, other })}
            </li>
          ))}
        </ul>
      )}
      {found !== undefined && mergeable.length === 0 ? (
        <EmptyState title={t('contacts:duplicates.none')} />
      ) : (
        <p className="contact-hint">{t('contacts:duplicates.text')}</p>
      )}
      <ul className="duplicates">
        {mergeable.slice(0, mostShown).map(({ people, by }) => {
          const [first] = people
          const name = first === undefined ? '' : nameOf(first)
          return (
            <li key={people.map(({ id }) => id).join(' ')} className="duplicates-one">
              <div className="duplicates-people">
                {people.map(person => (
                  <button
                    key={person.id}
                    type="button"
                    className="contact-link duplicates-person"
                    onClick={() => {
                      onShow(person.id)
                      onClose()
                    }}
                  >
                    <bdi>{nameOf(person)}</bdi>{' '}
                    <bdi className="contact-use">
                      {[...person.emails, ...person.phones].filter(word => word !== person.name).join(', ')}
                    </bdi>
                  </button>
                ))}
                <p className="contact-hint">{t(`contacts:duplicates.by.${by}`)}</p>
              </div>
              <Button
                icon={Merge}
                aria-label={t('contacts:duplicates.mergeName', { name })}
                onPress={() => void merge(people)}
              >
                {t('contacts:duplicates.merge')}
              </Button>
            </li>
          )
        })}
      </ul>
      {hasFixed ? <p className="contact-hint">{t('contacts:duplicates.skipped')}</p> : null}
    </Dialog>
  )
}

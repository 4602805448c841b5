import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type BookId,
  type ContactDetail,
  type ContactId,
  noFields,
} from '../../../../shared/features/contacts/model'
import { useHost } from '../../../host/host-context'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { allPeople, badPerson, type People, PeopleField } from '../../../ui/fields/people-field'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'
import { AddressList } from './address-list'
import { changeOf, draftOf, type FormDraft, readDate } from './form-draft'
import { membersOf, shownMembers } from './group-members'
import { PhotoField } from './photo-field'
import { usesOfPlaces, ValueList } from './value-list'

type TextName = 'displayName' | 'given' | 'family' | 'nickname' | 'organisation' | 'title'
const names: readonly TextName[] = ['given', 'family', 'displayName', 'nickname', 'organisation', 'title']

export type FormKind = 'person' | 'group'

/** Adds a contact, or changes what the form shows of one; everything else of its card stays as it is. */
export function ContactForm({
  bookId,
  kind = 'person',
  contact = null,
  onClose,
  onSaved,
}: Readonly<{
  bookId: BookId
  /** Of a new one. */
  kind?: FormKind
  contact?: ContactDetail | null
  onClose: () => void
  onSaved: (id: ContactId) => void
}>) {
  const { t } = useTranslation(['contacts', 'common'])
  const host = useHost()
  const [draft, setDraft] = useState<FormDraft>(() => draftOf(contact?.fields ?? noFields))
  const [isTried, setTried] = useState(false)
  const [isBusy, setBusy] = useState(false)
  const set = (change: Partial<FormDraft>) => setDraft(before => ({ ...before, ...change }))
  const isGroup = contact === null ? kind === 'group' : contact.kind === 'group'
  const [people, setPeople] = useState<People>(() => shownMembers(contact?.members ?? []))
  /** Undefined: as it is. */
  const [photo, setPhoto] = useState<string | null | undefined>(undefined)
  const { data: inBook } = useLiveQuery('contacts.list', isGroup ? { bookId } : null)
  const prefix = people.typed.trim()
  const { data: suggestions } = useLiveQuery('addresses.suggest', prefix === '' ? null : { prefix })
  const wrongPerson = badPerson(people)
  const isDateBad = (['birthday', 'anniversary'] as const).some(name => readDate(draft[name]) === 'bad')
  const change = changeOf(draft, contact?.fields ?? noFields)
  const isNothing = contact === null && Object.keys(change).length === 0
  const isUnnamed = isGroup && draft.displayName.trim() === ''

  const save = async () => {
    setTried(true)
    if (isDateBad || isNothing || isUnnamed || wrongPerson !== null) return
    setBusy(true)
    const more = {
      ...(photo === undefined ? {} : { photo }),
      ...(isGroup ? { members: membersOf(allPeople(people), contact?.members ?? [], inBook ?? []) } : {}),
    }
    const saved =
      contact === null
        ? ((await runCommand(host, 'contacts.add', { bookId, fields: change, ...more }))?.id ?? null)
        : (await runCommand(host, 'contacts.change', { id: contact.id, change, ...more })) === null
          ? null
          : contact.id
    setBusy(false)
    if (saved === null) return
    onClose()
    onSaved(saved)
  }

  return (
    <Dialog
      title={t(
        contact !== null ? 'contacts:form.edit' : isGroup ? 'contacts:form.newGroup' : 'contacts:form.new',
      )}
      isOpen
      size="medium"
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button variant="primary" busy={isBusy} onPress={() => void save()}>
            {t('contacts:form.save')}
          </Button>
        </>
      }
    >
      <form
        className="contact-form"
        onSubmit={event => {
          event.preventDefault()
          void save()
        }}
      >
        {isGroup ? (
          <>
            <TextField
              label={t('contacts:fields.groupName')}
              autoFocus
              value={draft.displayName}
              maxLength={1000}
              error={isTried && isUnnamed ? t('contacts:form.unnamed') : null}
              onChange={displayName => set({ displayName })}
            />
            <PeopleField
              label={t('contacts:fields.members')}
              description={t('contacts:fields.membersHint')}
              value={people}
              onChange={setPeople}
              suggestions={(suggestions ?? []).filter(each => each.members === undefined)}
              error={
                wrongPerson === null || prefix !== ''
                  ? null
                  : t('contacts:form.badMember', { address: wrongPerson })
              }
            />
          </>
        ) : (
          <>
            <PhotoField
              value={
                photo === undefined
                  ? sourceOf(contact)
                  : photo === null
                    ? null
                    : `data:image/jpeg;base64,${photo}`
              }
              onChange={setPhoto}
            />
            <div className="contact-form-names">
              {names.map(name => (
                <TextField
                  key={name}
                  label={t(`contacts:fields.${name}`)}
                  value={draft[name]}
                  maxLength={1000}
                  onChange={value => set({ [name]: value })}
                  {...(name === 'given'
                    ? { autoFocus: true, error: isTried && isNothing ? t('contacts:form.nothing') : null }
                    : {})}
                />
              ))}
            </div>
            <ValueList
              label={t('contacts:fields.email')}
              add={t('contacts:fields.addEmail')}
              list={draft.emails}
              uses={usesOfPlaces}
              onChange={emails => set({ emails })}
            />
            <ValueList
              label={t('contacts:fields.phone')}
              add={t('contacts:fields.addPhone')}
              list={draft.phones}
              onChange={phones => set({ phones })}
            />
            <AddressList list={draft.addresses} onChange={addresses => set({ addresses })} />
            <ValueList
              label={t('contacts:fields.urls')}
              add={t('contacts:fields.addUrl')}
              list={draft.urls}
              uses={usesOfPlaces}
              onChange={urls => set({ urls })}
            />
            <div className="contact-form-names">
              {(['birthday', 'anniversary'] as const).map(name => (
                <TextField
                  key={name}
                  label={t(`contacts:fields.${name}`)}
                  description={t('contacts:fields.birthdayHint')}
                  value={draft[name]}
                  maxLength={20}
                  error={isTried && readDate(draft[name]) === 'bad' ? t('contacts:fields.birthdayBad') : null}
                  onChange={value => set({ [name]: value })}
                />
              ))}
            </div>
          </>
        )}
        <TextField
          label={t('contacts:fields.categories')}
          description={t('contacts:fields.categoriesHint')}
          value={draft.categories}
          maxLength={4000}
          onChange={categories => set({ categories })}
        />
        <TextField
          label={t('contacts:fields.note')}
          rows={4}
          value={draft.note}
          onChange={note => set({ note })}
        />
        {/* Enter in a field saves. */}
        <button type="submit" className="spoken" tabIndex={-1} aria-hidden="true" />
      </form>
    </Dialog>
  )
}

const sourceOf = (contact: ContactDetail | null): string | null =>
  contact?.photo == null ? null : `data:${contact.photo.type};base64,${contact.photo.base64}`

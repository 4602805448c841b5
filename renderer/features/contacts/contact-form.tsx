import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import {
  type BookId,
  type ContactDetail,
  type ContactId,
  type LabelledValue,
  noFields,
} from '../../../shared/features/contacts/model'
import { useHost } from '../../host/host-context'
import { runCommand } from '../../state/run-command'
import { Button } from '../../ui/actions/button'
import { IconButton } from '../../ui/actions/icon-button'
import { Select } from '../../ui/fields/select'
import { TextField } from '../../ui/fields/text-field'
import { Dialog } from '../../ui/overlays/dialog'
import { changeOf, draftOf, type FormDraft, readDate } from './form-draft'

type TextName = 'displayName' | 'given' | 'family' | 'nickname' | 'organisation' | 'title'
const names: readonly TextName[] = ['given', 'family', 'displayName', 'nickname', 'organisation', 'title']
const uses = ['none', 'home', 'work', 'cell', 'fax', 'pager'] as const

/** Adds a contact, or changes what the form shows of one; everything else of its card stays as it is. */
export function ContactForm({
  bookId,
  contact = null,
  onClose,
  onSaved,
}: Readonly<{
  bookId: BookId
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
  const date = readDate(draft.birthday)
  const change = changeOf(draft, contact?.fields ?? noFields)
  const isNothing = contact === null && Object.keys(change).length === 0

  const save = async () => {
    setTried(true)
    if (date === 'bad' || isNothing) return
    setBusy(true)
    const saved =
      contact === null
        ? ((await runCommand(host, 'contacts.add', { bookId, fields: change }))?.id ?? null)
        : (await runCommand(host, 'contacts.change', { id: contact.id, change })) === null
          ? null
          : contact.id
    setBusy(false)
    if (saved === null) return
    onClose()
    onSaved(saved)
  }

  return (
    <Dialog
      title={t(contact === null ? 'contacts:form.new' : 'contacts:form.edit')}
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
          onChange={emails => set({ emails })}
        />
        <ValueList
          label={t('contacts:fields.phone')}
          add={t('contacts:fields.addPhone')}
          list={draft.phones}
          onChange={phones => set({ phones })}
        />
        <TextField
          label={t('contacts:fields.birthday')}
          description={t('contacts:fields.birthdayHint')}
          value={draft.birthday}
          maxLength={20}
          error={isTried && date === 'bad' ? t('contacts:fields.birthdayBad') : null}
          onChange={birthday => set({ birthday })}
        />
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

const empty: LabelledValue = { value: '', types: [], label: '', preferred: false }

function ValueList({
  label,
  add,
  list,
  onChange,
}: Readonly<{
  label: string
  add: string
  list: readonly LabelledValue[]
  onChange: (list: readonly LabelledValue[]) => void
}>) {
  const { t } = useTranslation('contacts')
  const put = (at: number, change: Partial<LabelledValue>) =>
    onChange(list.map((each, place) => (place === at ? { ...each, ...change } : each)))
  return (
    <fieldset className="contact-values">
      <legend className="ui-label">{label}</legend>
      {list.map((each, at) => {
        const own = each.label !== '' ? each.label : each.types.find(type => !uses.some(use => use === type))
        const use = uses.find(one => each.types.includes(one)) ?? 'none'
        return (
          // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place while it is typed in.
          <div key={at} className="contact-value">
            <TextField
              label={`${label} ${String(at + 1)}`}
              hideLabel
              value={each.value}
              maxLength={4000}
              onChange={value => put(at, { value })}
            />
            <Select<string>
              label={t('fields.kind', { value: each.value })}
              hideLabel
              options={[
                ...(own === undefined ? [] : [{ id: 'own', label: own }]),
                ...uses.map(id => ({ id: id as string, label: t(`types.${id}`) })),
              ]}
              value={own === undefined ? use : 'own'}
              onChange={chosen =>
                chosen === 'own'
                  ? undefined
                  : put(at, { label: '', types: chosen === 'none' ? [] : [chosen] })
              }
            />
            <IconButton
              label={each.value === '' ? t('fields.removeEmpty') : t('fields.remove', { value: each.value })}
              icon={X}
              onPress={() => onChange(list.filter((_, place) => place !== at))}
            />
          </div>
        )
      })}
      <Button variant="plain" icon={Plus} onPress={() => onChange([...list, empty])}>
        {add}
      </Button>
    </fieldset>
  )
}

import { ArrowLeft, Mail, MessagesSquare, Pencil, PenLine, Trash2 } from 'lucide-react'
import { type ReactNode, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type {
  ContactDetail,
  ContactId,
  LabelledValue,
  PostalAddress,
} from '../../../../shared/features/contacts/model'
import { useHost } from '../../../host/host-context'
import { composeToPeople } from '../../../state/drafts/compose-to-people'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { showToast } from '../../../state/toasts'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { withoutControls } from '../../../ui/fields/text-direction'
import { useLookUp, useShowThing } from '../../../ui/layout/feature'
import { ContactForm } from '../form/contact-form'
import { useDateWords } from './use-date-words'
import { WithPerson } from './with-person'

/** One page for a person: what the card says, and what can be done with it. */
export function ContactPage({
  id,
  onShow,
  onLeave,
}: Readonly<{ id: ContactId; onShow: (id: ContactId) => void; onLeave: () => void }>) {
  const { t } = useTranslation(['contacts', 'chat'])
  const host = useHost()
  const lookUp = useLookUp()
  const show = useShowThing()
  const canChat = (useLiveQuery('chat.accounts', {}).data?.accounts.length ?? 0) > 0
  const [isEditing, setEditing] = useState(false)
  const { data: contact } = useLiveQuery('contacts.show', { id })
  const books = useLiveQuery('contacts.books', {}).data ?? []
  if (contact === undefined) return null
  const name = withoutControls(contact.name) || t('noName')
  const isReadOnly = books.find(book => book.id === contact.bookId)?.readOnly === true
  const [address] = contact.emails
  const members = contact.members.filter(member => member.address !== '')

  const remove = async () => {
    const done = await runCommand(host, 'contacts.delete', { ids: [id] })
    if (done === null) return
    onLeave()
    const undo = async () => {
      if ((await runCommand(host, 'undo.last', { undoId: done.undoId })) === null) return
      onShow(id)
      showToast({ kind: 'notice', text: t('undone'), action: null })
    }
    showToast({
      kind: 'notice',
      text: t('deleted', { name }),
      action: { label: t('undo'), run: () => void undo() },
    })
  }

  return (
    <article className="contact" aria-label={name}>
      <header className="contact-head">
        <IconButton label={t('back')} icon={ArrowLeft} className="contact-back" onPress={onLeave} />
        <Photo contact={contact} name={name} />
        <div className="contact-title">
          <h2 className="contact-name">
            <bdi>{name}</bdi>
          </h2>
          <p className="contact-role">
            {contact.kind === 'individual' ? null : <span>{t(contact.kind)}</span>}
            {[contact.fields.title, contact.fields.organisation, ...contact.fields.units]
              .filter(word => word !== '' && word !== contact.name)
              .map(word => (
                <bdi key={word}>{word}</bdi>
              ))}
          </p>
        </div>
        <div className="contact-actions">
          {isReadOnly ? null : (
            <>
              <IconButton label={t('edit')} icon={Pencil} onPress={() => setEditing(true)} />
              <IconButton label={t('delete')} icon={Trash2} onPress={() => void remove()} />
            </>
          )}
        </div>
      </header>
      <div className="contact-do">
        {contact.kind === 'group' && members.length > 0 ? (
          <Button variant="primary" icon={PenLine} onPress={() => void composeToPeople(host, members)}>
            {t('writeToGroup')}
          </Button>
        ) : null}
        {contact.kind !== 'group' && address !== undefined ? (
          <>
            <Button
              variant="primary"
              icon={PenLine}
              onPress={() => void composeToPeople(host, [{ name: contact.name, address }])}
            >
              {t('writeTo', { name })}
            </Button>
            <Button icon={Mail} onPress={() => lookUp(address)}>
              {t('mailWith', { name })}
            </Button>
            {canChat ? (
              <Button icon={MessagesSquare} onPress={() => show({ kind: 'chat', address })}>
                {t('chat:chatWith', { name })}
              </Button>
            ) : null}
          </>
        ) : null}
      </div>
      <Facts contact={contact} onShow={onShow} />
      {contact.kind === 'group' ? null : (
        <WithPerson addresses={contact.emails} chats={contact.fields.chats.map(({ value }) => value)} />
      )}
      {isEditing ? (
        <ContactForm
          bookId={contact.bookId}
          contact={contact}
          onClose={() => setEditing(false)}
          onSaved={onShow}
        />
      ) : null}
    </article>
  )
}

function Photo({ contact, name }: Readonly<{ contact: ContactDetail; name: string }>) {
  const { t } = useTranslation('contacts')
  if (contact.photo === null)
    return (
      <span className="contact-photo contact-letter" aria-hidden="true">
        {[...name.replace(/[^\p{L}\p{N}]/gu, '')][0]?.toUpperCase() ?? '?'}
      </span>
    )
  const { type, base64 } = contact.photo
  return <img className="contact-photo" alt={t('photo', { name })} src={`data:${type};base64,${base64}`} />
}

function Facts({ contact, onShow }: Readonly<{ contact: ContactDetail; onShow: (id: ContactId) => void }>) {
  const { t } = useTranslation('contacts')
  const host = useHost()
  const dateWords = useDateWords()
  const { fields } = contact
  const birthday = fields.birthday === null ? contact.birthdayText : dateWords(fields.birthday)
  return (
    <dl className="contact-facts">
      <Values label={t('fields.emails')} list={fields.emails}>
        {({ value }) => (
          <button
            type="button"
            className="contact-link"
            onClick={() => void composeToPeople(host, [{ name: contact.name, address: value }])}
          >
            {value}
          </button>
        )}
      </Values>
      <Values label={t('fields.phones')} list={fields.phones} />
      {fields.addresses.map(address => (
        <Fact key={JSON.stringify(address)} label={t('fields.addresses')} of={address}>
          {linesOf(address).map(line => (
            <bdi key={line} className="contact-line">
              {line}
            </bdi>
          ))}
        </Fact>
      ))}
      <Values label={t('fields.chats')} list={fields.chats} />
      <Values label={t('fields.urls')} list={fields.urls} />
      {birthday === '' ? null : <Fact label={t('fields.birthday')}>{birthday}</Fact>}
      {fields.anniversary === null ? null : (
        <Fact label={t('fields.anniversary')}>{dateWords(fields.anniversary)}</Fact>
      )}
      {fields.nickname === '' ? null : <Fact label={t('fields.nickname')}>{fields.nickname}</Fact>}
      {fields.categories.length === 0 ? null : (
        <Fact label={t('fields.categories')}>{fields.categories.join(', ')}</Fact>
      )}
      {contact.members.length === 0 ? null : (
        <Fact label={t('fields.members')}>
          <ul className="contact-members">
            {contact.members.map(({ id, name, address }) => (
              <li key={`${String(id)} ${address}`}>
                {id === null ? (
                  <bdi>{withoutControls(address) || t('noName')}</bdi>
                ) : (
                  <button type="button" className="contact-link" onClick={() => onShow(id)}>
                    <bdi>{withoutControls(name) || address}</bdi>
                  </button>
                )}
              </li>
            ))}
          </ul>
        </Fact>
      )}
      {fields.note === '' ? null : (
        <Fact label={t('fields.note')}>
          <span className="contact-note" dir="auto">
            {fields.note}
          </span>
        </Fact>
      )}
      {contact.hasRemotePhoto ? <p className="contact-hint">{t('remotePhoto')}</p> : null}
      {contact.others.length === 0 ? null : (
        <p className="contact-hint">{t('others', { names: contact.others.join(', ') })}</p>
      )}
    </dl>
  )
}

const linesOf = (address: PostalAddress): string[] =>
  [
    ...[address.poBox, address.extended, ...address.street.split('\n')],
    `${address.code} ${address.city}`.trim(),
    address.region,
    address.country,
  ].filter(line => line !== '')

function Values({
  label,
  list,
  children = ({ value }) => <bdi>{value}</bdi>,
}: Readonly<{
  label: string
  list: readonly LabelledValue[]
  children?: (value: LabelledValue) => ReactNode
}>) {
  return list.map(each => (
    <Fact key={JSON.stringify(each)} label={label} of={each}>
      {children(each)}
    </Fact>
  ))
}

function Fact({
  label,
  of,
  children,
}: Readonly<{ label: string; of?: Pick<LabelledValue, 'types' | 'label'>; children: ReactNode }>) {
  const { t } = useTranslation('contacts')
  const words = [of?.label ?? '', ...(of?.types ?? [])]
    .filter(word => word !== '')
    .map(word =>
      word === 'home' || word === 'work' || word === 'cell' || word === 'fax' || word === 'pager'
        ? t(`types.${word}`)
        : word,
    )
  return (
    <div className="contact-fact">
      <dt>
        {label}
        {words.length === 0 ? null : <span className="contact-use"> {words.join(', ')}</span>}
      </dt>
      <dd>{children}</dd>
    </div>
  )
}

import { ArrowLeft, Mail, MessagesSquare, PenLine, Plus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { BookId, ContactId } from '../../../../shared/features/contacts/model'
import type { Address } from '../../../../shared/features/mail/model'
import { useHost } from '../../../host/host-context'
import { composeToPeople } from '../../../state/drafts/compose-to-people'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { runCommand } from '../../../state/run-command'
import { Button } from '../../../ui/actions/button'
import { IconButton } from '../../../ui/actions/icon-button'
import { withoutControls } from '../../../ui/fields/text-direction'
import { useLookUp, useShowThing } from '../../../ui/layout/feature'
import { WithPerson } from './with-person'

/** Somebody to whom mail was written and who is in no address book. */
export function CollectedPage({
  person,
  bookId,
  onKept,
  onLeave,
}: Readonly<{
  person: Address
  bookId: BookId | null
  onKept: (id: ContactId) => void
  onLeave: () => void
}>) {
  const { t } = useTranslation(['contacts', 'chat'])
  const show = useShowThing()
  const canChat = (useLiveQuery('chat.accounts', {}).data?.accounts.length ?? 0) > 0
  const host = useHost()
  const lookUp = useLookUp()
  const name = withoutControls(person.name) || person.address
  const keep = async (into: BookId) => {
    const emails = [{ value: person.address, types: [], label: '', preferred: false }]
    const fields = { displayName: person.name, emails }
    const added = await runCommand(host, 'contacts.add', { bookId: into, fields })
    if (added !== null) onKept(added.id)
  }
  return (
    <article className="contact" aria-label={name}>
      <header className="contact-head">
        <IconButton label={t('back')} icon={ArrowLeft} className="contact-back" onPress={onLeave} />
        <div className="contact-title">
          <h2 className="contact-name">
            <bdi>{name}</bdi>
          </h2>
          <p className="contact-role">{person.address}</p>
        </div>
      </header>
      <p className="contact-hint">{t('collectedHint')}</p>
      <div className="contact-do">
        {bookId === null ? null : (
          <Button variant="primary" icon={Plus} onPress={() => void keep(bookId)}>
            {t('keep')}
          </Button>
        )}
        <Button icon={PenLine} onPress={() => void composeToPeople(host, [person])}>
          {t('writeTo', { name })}
        </Button>
        <Button icon={Mail} onPress={() => lookUp(person.address)}>
          {t('mailWith', { name })}
        </Button>
        {canChat ? (
          <Button icon={MessagesSquare} onPress={() => show({ kind: 'chat', address: person.address })}>
            {t('chat:chatWith', { name })}
          </Button>
        ) : null}
      </div>
      <WithPerson addresses={[person.address]} />
    </article>
  )
}

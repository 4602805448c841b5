import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { allPeople, badPerson, type People, PeopleField } from '../../../ui/fields/people-field'
import { TextField } from '../../../ui/fields/text-field'
import { Dialog } from '../../../ui/overlays/dialog'

/** To whom an invitation is handed on: one person, who is sent it. */
export function HandOnDialog({
  who,
  onSend,
  onClose,
}: Readonly<{ who: string; onSend: (to: string, comment: string) => void; onClose: () => void }>) {
  const { t } = useTranslation(['invitation', 'common'])
  const [people, setPeople] = useState<People>({ list: [], typed: '' })
  const [comment, setComment] = useState('')
  const prefix = people.typed.trim()
  const { data: suggestions } = useLiveQuery('addresses.suggest', prefix === '' ? null : { prefix })
  const bad = badPerson(people)
  const [to, ...others] = allPeople(people)
  const error =
    others.length > 0
      ? t('invitation:handOnOne')
      : bad === null || prefix !== ''
        ? null
        : t('invitation:handOnBad', { address: bad })
  return (
    <Dialog
      title={t('invitation:handOnTitle')}
      isOpen
      onClose={onClose}
      actions={
        <>
          <Button onPress={onClose}>{t('common:cancel')}</Button>
          <Button
            variant="primary"
            isDisabled={to === undefined || others.length > 0 || bad !== null}
            onPress={() => {
              if (to === undefined) return
              onClose()
              onSend(to.address, comment)
            }}
          >
            {t('invitation:handOnSend')}
          </Button>
        </>
      }
    >
      <div className="invitation-propose">
        <p>{t('invitation:handOnText', { who })}</p>
        <PeopleField
          label={t('invitation:handOnTo')}
          value={people}
          onChange={setPeople}
          suggestions={suggestions ?? []}
          error={error}
        />
        <TextField
          label={t('invitation:commentLabel', { who })}
          rows={2}
          value={comment}
          onChange={setComment}
        />
      </div>
    </Dialog>
  )
}

import { Check, CircleHelp, X } from 'lucide-react'
import { useState } from 'react'
import { ToggleButton } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import type { Invitation } from '../../../../shared/features/calendar/invitations/model'
import type { CalendarId } from '../../../../shared/features/calendar/model'
import { useLiveQuery } from '../../../state/live/use-live-query'
import { Button } from '../../../ui/actions/button'
import { Icon } from '../../../ui/actions/icon'
import { Banner } from '../../../ui/feedback/banner'
import { Spinner } from '../../../ui/feedback/spinner'
import { Select } from '../../../ui/fields/select'
import { TextField } from '../../../ui/fields/text-field'
import { ConfirmDialog } from '../../../ui/overlays/confirm-dialog'
import type { CalendarFormat } from '../format'
import { calendarName } from '../side/name-of'
import { HandOnDialog } from './hand-on-dialog'
import { ProposeDialog } from './propose-dialog'
import { useAnswer } from './use-answer'

const answers = [
  { answer: 'accepted', status: 'ACCEPTED', icon: Check, label: 'accept' },
  { answer: 'tentative', status: 'TENTATIVE', icon: CircleHelp, label: 'tentative' },
  { answer: 'declined', status: 'DECLINED', icon: X, label: 'decline' },
] as const

/** What can be pressed on an invitation; the answer that was given is the one that is pressed. */
export function AnswerRow({
  invitation,
  who,
  format,
}: Readonly<{ invitation: Invitation; who: string; format: CalendarFormat }>) {
  const { t } = useTranslation('invitation')
  const { t: nameWords } = useTranslation(['calendar', 'common'])
  const [comment, setComment] = useState<string | null>(null)
  const [chosen, setChosen] = useState<CalendarId | null>(null)
  const [proposes, setProposes] = useState(false)
  const [handsOn, setHandsOn] = useState(false)
  const answering = useAnswer(invitation, format.clock.zone)
  const calendars = (useLiveQuery('calendars.list', {}).data ?? []).filter(each => !each.isReadOnly)
  const { canAnswer, needs, kind, stored, myAnswer, event, allowsCounter } = invitation
  const calendarId = chosen ?? invitation.calendarId
  const given = answers.find(({ status }) => status === myAnswer?.status)
  const isCounter = kind === 'counter'
  const applies = !canAnswer && needs === 'click' && kind !== 'refused'
  const copies = canAnswer && kind === 'not-invited'
  if (!canAnswer && !applies) return null
  const pick = (answer: (typeof answers)[number]['answer']) =>
    void answering.respond(answer, comment ?? '', calendarId).then(isDone => {
      if (isDone) setComment(null)
    })
  return (
    <div className="invitation-foot">
      {comment === null ? null : (
        <TextField
          autoFocus
          label={t('commentLabel', { who })}
          rows={2}
          value={comment}
          onChange={setComment}
          className="invitation-comment"
        />
      )}
      {invitation.delivery?.isFailed === true && given !== undefined && myAnswer?.sending == null ? (
        <div className="invitation-warnings">
          <Banner
            tone="warning"
            actions={
              <Button
                busy={answering.busy === 'by-mail'}
                onPress={() => void answering.respond(given.answer, comment ?? '', calendarId, true)}
              >
                {t('undelivered.send')}
              </Button>
            }
          >
            {t('undelivered.answer', { code: invitation.delivery.code })}
          </Banner>
        </div>
      ) : null}
      <div className="invitation-buttons">
        {canAnswer ? (
          // biome-ignore lint/a11y/useSemanticElements: three buttons are no fields of a form.
          <div className="invitation-answers" role="group" aria-label={t('answers')}>
            {answers.map(({ answer, status, icon, label }) => (
              <ToggleButton
                key={answer}
                className="ui-button ui-button-normal invitation-answer"
                isSelected={myAnswer?.status === status}
                aria-disabled={answering.busy !== null}
                onPress={() => (answering.busy === null ? pick(answer) : undefined)}
              >
                {answering.busy === answer ? <Spinner /> : <Icon of={icon} />}
                <span className="ui-button-text">{t(`${label}`)}</span>
              </ToggleButton>
            ))}
          </div>
        ) : null}
        {applies || copies ? (
          <Button
            variant={applies ? 'primary' : 'normal'}
            busy={answering.busy === 'apply'}
            onPress={() => void answering.apply(calendarId)}
          >
            {t(
              `apply.${isCounter ? 'counter' : kind === 'refresh' ? 'refresh' : kind === 'stranger-answers' ? 'stranger' : kind === 'published' || copies ? 'copy' : 'take'}`,
            )}
          </Button>
        ) : null}
        {isCounter ? (
          <Button
            busy={answering.busy === 'keep-time'}
            onPress={() => void answering.keepTime(comment ?? '').then(isDone => isDone && setComment(null))}
          >
            {t('keepTime')}
          </Button>
        ) : null}
        <div className="invitation-more">
          {(canAnswer || isCounter) && comment === null ? (
            <Button variant="plain" onPress={() => setComment('')}>
              {t('addComment')}
            </Button>
          ) : null}
          {canAnswer && allowsCounter && event !== null && event.days === null ? (
            <Button variant="plain" onPress={() => setProposes(true)}>
              {t('propose')}
            </Button>
          ) : null}
          {canAnswer && invitation.organizer !== null && invitation.me === 'guest' ? (
            <Button variant="plain" onPress={() => setHandsOn(true)}>
              {t('handOn')}
            </Button>
          ) : null}
          {stored === null &&
          calendars.length > 1 &&
          calendarId !== null &&
          (canAnswer || kind === 'published') ? (
            <Select
              isQuiet
              label={t('calendar')}
              hideLabel
              value={String(calendarId)}
              options={calendars.map(each => ({ id: String(each.id), label: calendarName(each, nameWords) }))}
              onChange={id => setChosen(calendars.find(each => String(each.id) === id)?.id ?? null)}
            />
          ) : null}
        </div>
      </div>
      {proposes && event !== null ? (
        <ProposeDialog
          event={event}
          who={who}
          format={format}
          onSend={(start, end, words) => void answering.propose(start, end, words)}
          onClose={() => setProposes(false)}
        />
      ) : null}
      {handsOn ? (
        <HandOnDialog
          who={who}
          onSend={(to, words) => void answering.handOn(to, words)}
          onClose={() => setHandsOn(false)}
        />
      ) : null}
      <ConfirmDialog
        title={t('unencryptedTitle')}
        confirm={t('unencryptedSend')}
        isOpen={answering.inClear !== null}
        onConfirm={() => answering.inClear?.send()}
        onClose={answering.closeInClear}
      >
        <p>{t('unencrypted', { who })}</p>
      </ConfirmDialog>
    </div>
  )
}

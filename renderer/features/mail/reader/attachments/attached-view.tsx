import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AttachedMessage } from '../../../../../shared/features/mail/attached-message'
import type { BodyFit } from '../../../../../shared/features/mail/body-fit'
import { useFormat } from '../../../../i18n/use-format'
import { ClosedBody } from '../body/closed-body'
import { ContentLine } from '../body/content-line'
import { HtmlBody } from '../body/html/html-body'
import type { RemoteImages } from '../body/html/use-remote-images'
import { InlineBody } from '../body/inline-body'
import { OutsideBlock } from '../body/outside-block'
import { TextBody } from '../body/text/text-body'
import type { MessagePlace } from '../message-place'
import { People } from '../people'
import { SecurityLine } from '../security/security-line'
import { isClosed } from '../security/security-state'
import { Warnings } from '../security/warnings'
import { Attachments } from './attachments'

/** An attached message loads nothing from outside, and nobody is asked whether it may. */
const noImages: RemoteImages = { isLoading: false, report: null, loads: 0, load: () => undefined }

type Props = Readonly<{
  message: AttachedMessage
  place: MessagePlace
  prefersText: boolean
  onUnlocked: () => void
  onOpen: (partId: string) => void
}>

function AttachedHead({ message }: Pick<Props, 'message'>) {
  const { t } = useTranslation(['mail', 'common'])
  const format = useFormat()
  const { subject, from, to, cc, dateMs } = message
  return (
    <header>
      <h3 className="reader-subject selectable">{subject || t('common:noSubject')}</h3>
      <dl className="attached-people selectable">
        <People label={t('mail:reader.from')} people={from} />
        <People label={t('mail:reader.to')} people={to} />
        <People label={t('mail:reader.cc')} people={cc} />
        {dateMs === null ? null : (
          <>
            <dt>{t('mail:attached.date')}</dt>
            <dd className="numerals">{format.fullDate(dateMs)}</dd>
          </>
        )}
      </dl>
    </header>
  )
}

function AttachedBody({ message, place, prefersText }: Pick<Props, 'message' | 'place' | 'prefersText'>) {
  const [asText, setAsText] = useState(prefersText)
  const [asSent, setAsSent] = useState(false)
  const [fitted, setFitted] = useState<BodyFit | null>(null)
  const { security, text, hasHtml } = message
  if (isClosed(security) && text === '') return <ClosedBody security={security} />
  if (security.inlineExtent !== null)
    return <InlineBody text={text} security={security} extent={security.inlineExtent} />
  return (
    <>
      {hasHtml ? (
        <ContentLine
          detail={{ ...message, remote: null }}
          asText={asText}
          images={noImages}
          onToggle={() => setAsText(!asText)}
          original={{ asSent, fit: fitted, onToggle: () => setAsSent(!asSent) }}
        />
      ) : null}
      {hasHtml && !asText ? (
        <HtmlBody place={place} subject={message.subject} loads={0} asSent={asSent} onFit={setFitted} />
      ) : (
        <TextBody text={text} />
      )}
    </>
  )
}

/** A message that came as a file, with a summary of its own: nothing of the one that carries it counts here. */
export function AttachedView({ message, place, prefersText, onUnlocked, onOpen }: Props) {
  return (
    <>
      <AttachedHead message={message} />
      <SecurityLine security={message.security} message={place} onUnlocked={onUnlocked} isAlwaysShown />
      <Warnings detail={message} />
      <Attachments detail={message} place={place} onOpen={onOpen} />
      <AttachedBody message={message} place={place} prefersText={prefersText} />
      <OutsideBlock detail={message} place={place} />
    </>
  )
}

import { useTranslation } from 'react-i18next'
import type { MessageSecurity } from '../../../../../shared/features/mail/message-security'
import { OutsideText } from './outside-block'
import { TextBody } from './text/text-body'

/** A text of which only a stretch is protected: where it begins and ends is drawn, what is around it stands apart. */
export function InlineBody({
  text,
  security,
  extent,
}: Readonly<{
  text: string
  security: MessageSecurity
  extent: NonNullable<MessageSecurity['inlineExtent']>
}>) {
  const { t } = useTranslation('mail')
  const before = text.slice(0, extent.start)
  const after = text.slice(extent.end)
  const isEncrypted = security.encryption === 'inline-encrypted'
  return (
    <>
      {before.trim() === '' ? null : <OutsideText text={before} />}
      <section className="inline-stretch">
        <h3 className="inline-head">
          {t(isEncrypted ? 'reader.security.inlineEncrypted' : 'reader.security.inlineSigned')}
        </h3>
        <TextBody text={text.slice(extent.start, extent.end)} />
      </section>
      {after.trim() === '' ? null : <OutsideText text={after} />}
    </>
  )
}

import './link-status.css'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { useHost } from '../../../host/host-context'
import { showLink, useShownLink } from '../../../state/shown-link'
import { classNames } from '../../../ui/class-names'

/** Where the link under the pointer or the focus leads, at the edge of the reader, before anybody clicks it. */
export function LinkStatus() {
  const { t } = useTranslation('mail')
  const host = useHost()
  const { url, letters, isLookAlike } = useShownLink()
  useEffect(() => {
    const forget = host.on('link', showLink)
    // What the pointer reaches in the page is not in a mail's frame any more; it comes before what the page itself shows.
    const left = () => showLink(null)
    document.addEventListener('pointerover', left, true)
    return () => {
      document.removeEventListener('pointerover', left, true)
      forget()
      showLink(null)
    }
  }, [host])
  if (url === '') return null
  return (
    <p className={classNames('link-status', isLookAlike && 'link-status-danger')} aria-live="off">
      {isLookAlike ? `${t('reader.linkLookAlike')} ` : ''}
      <bdi dir="ltr">{url}</bdi>
      {letters === '' ? null : (
        <>
          {' ('}
          <bdi>{letters}</bdi>)
        </>
      )}
    </p>
  )
}

import { useEffect } from 'react'
import { showLink, useShownLink } from '../../../state/shown-link'

/** Where the link under the pointer or the focus leads, before anybody presses it. */
export function LinkLine() {
  const { url, letters } = useShownLink()
  useEffect(() => () => showLink(null), [])
  if (url === '') return null
  return (
    <p className="chat-link-line" aria-live="off">
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

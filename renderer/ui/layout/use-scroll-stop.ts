import { type RefCallback, useCallback, useState } from 'react'

const tabbable = 'a[href], button, input, select, textarea, [contenteditable=true], [tabindex="0"]'

/** Makes what scrolls a stop of the Tab key while there is more in it than is seen, and nothing else in it to stand on. */
export function useScrollStop<T extends HTMLElement>(): Readonly<{
  ref: RefCallback<T>
  tabIndex: 0 | undefined
}> {
  const [isStop, setIsStop] = useState(false)
  const ref = useCallback((element: T | null) => {
    if (element === null) return
    const read = () =>
      setIsStop(element.scrollHeight > element.clientHeight + 1 && element.querySelector(tabbable) === null)
    const sizes = new ResizeObserver(read)
    const content = new MutationObserver(read)
    sizes.observe(element)
    content.observe(element, { childList: true, subtree: true })
    read()
    return () => {
      sizes.disconnect()
      content.disconnect()
    }
  }, [])
  return { ref, tabIndex: isStop ? 0 : undefined }
}

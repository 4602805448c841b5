/** Moves the focus to the next pane (`data-pane`), as F6 does everywhere on the desktop. */
export function cyclePanes(offset: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('[data-pane]')].filter(pane =>
    pane.checkVisibility(),
  )
  if (panes.length === 0) return
  const here = panes.findIndex(pane => pane.contains(document.activeElement))
  const next = panes[(here + offset + panes.length) % panes.length]
  // A pane names its natural stop (the tree's line, the list); otherwise it takes the focus itself.
  const stop = next?.querySelector<HTMLElement>('[data-pane-stop]')
  ;(stop ?? next)?.focus()
}

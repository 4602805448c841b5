/** Puts the keyboard on the message list, or on the message where only that is seen. */
export function focusList(): void {
  for (const pane of ['pane-list', 'pane-reader']) {
    const stop = document.querySelector<HTMLElement>(`#${pane} [data-pane-stop]`)
    if (stop?.checkVisibility() !== true) continue
    stop.focus()
    return
  }
}

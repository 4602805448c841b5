/** Puts the keyboard on the message list. */
export function focusList(): void {
  document.querySelector<HTMLElement>('#pane-list [data-pane-stop]')?.focus()
}

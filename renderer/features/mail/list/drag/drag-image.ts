/** What hangs at the pointer while messages are dragged: how many there are. */
export function setDragImage(transfer: DataTransfer, words: string): void {
  const label = document.createElement('div')
  label.className = 'drag-image'
  label.textContent = words
  document.body.append(label)
  transfer.setDragImage(label, -12, -8)
  // The browser has taken its picture by the next frame.
  requestAnimationFrame(() => label.remove())
}

import type { OpenedContent } from './open-content'
import { words } from './words'

function element<K extends keyof HTMLElementTagNameMap>(
  name: K,
  text: string,
  className = '',
): HTMLElementTagNameMap[K] {
  const made = document.createElement(name)
  made.textContent = text
  made.className = className
  return made
}

/** The message as text, its formatting in a frame without any rights, and its files to keep. */
export function showContent(place: HTMLElement, { head, files }: OpenedContent): void {
  place.replaceChildren(
    element('h1', head.subject),
    element('p', `${words.from}: ${head.from}`, 'quiet'),
    element('p', `${words.date}: ${head.date}`, 'quiet'),
    element('pre', head.text),
  )
  if (head.html !== null) place.append(formatted(head.html))
  if (files.length > 0) place.append(element('h2', words.files), fileList(head.files, files))
}

function formatted(html: string): HTMLElement {
  const details = element('details', '')
  const frame = element('iframe', '')
  // No scripts, no forms, no navigation, a foreign origin; the page's own policy forbids every request as well.
  frame.setAttribute('sandbox', '')
  frame.srcdoc = html
  frame.title = words.formatted
  details.append(element('summary', words.formatted), frame)
  return details
}

function fileList(heads: OpenedContent['head']['files'], files: OpenedContent['files']): HTMLUListElement {
  const list = element('ul', '')
  for (const [index, file] of files.entries()) {
    const name = heads[index]?.name ?? ''
    const link = element('a', name)
    link.download = name
    // Whatever the file says it is, it is kept and not opened.
    link.href = URL.createObjectURL(new Blob([file.slice()], { type: 'application/octet-stream' }))
    const item = element('li', '')
    item.append(link)
    list.append(item)
  }
  return list
}

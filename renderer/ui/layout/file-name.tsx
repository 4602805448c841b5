import './file-name.css'
import type { ClipboardEvent } from 'react'
import { withoutControls } from '../fields/text-direction'
import { fileNameEnd } from './file-name-end'

/** The two parts stand in boxes of their own, between which a copy would have a line break. */
const copyInOneLine = (event: ClipboardEvent) => {
  const selected = getSelection()
  const isInside = [selected?.anchorNode, selected?.focusNode].every(
    node => node instanceof Node && event.currentTarget.contains(node),
  )
  if (selected === null || !isInside) return
  event.preventDefault()
  event.clipboardData.setData('text/plain', selected.toString().replaceAll('\n', ''))
}

/**
 * A file name in one line. Where it does not fit, its middle is left out: the end, which tells "Report 1.pdf" from
 * "Report 2.pdf" and a picture from a program, always stands there. The whole name comes with the pointer.
 * `others`: names beside it, from which it must be told.
 */
export function FileName({
  name,
  others = [],
  title = name,
}: Readonly<{ name: string; others?: readonly string[]; title?: string }>) {
  const [start, end] = fileNameEnd(withoutControls(name), others.map(withoutControls))
  return (
    <span className="file-name selectable" dir="auto" title={title} onCopy={copyInOneLine}>
      <span className="file-name-start">{start}</span>
      <span className="file-name-end">{end}</span>
    </span>
  )
}

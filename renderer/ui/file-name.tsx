import './file-name.css'
import { fileNameEnd } from './file-name-end'
import { withoutControls } from './text-direction'

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
    <span className="file-name selectable" dir="auto" title={title}>
      <span className="file-name-start">{start}</span>
      <span className="file-name-end">{end}</span>
    </span>
  )
}

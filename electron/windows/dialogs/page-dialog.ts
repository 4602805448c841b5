import type { MessageBoxOptions } from 'electron'
import type { PageQuestion } from '../../../shared/ipc/page-question'
import type { PageWords } from './page-words'
import type { Words } from './words'

/** More lines do not fit a window; what is left out is said. */
const MAXIMUM_LINES = 12

/** Names come from mail, servers and settings; they may not add lines of their own. */
const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200)

/** The question before the page may do something. Button 1 is yes; 0 is the default and what Escape means. */
export function pageQuestion(
  { kind, reasons, lines }: PageQuestion,
  words: Words,
  page: PageWords,
): MessageBoxOptions {
  const shown = lines.slice(0, MAXIMUM_LINES).map(line => `    ${oneLine(line)}`)
  const left = lines.length - shown.length
  const text = page.text[kind]
  return {
    type: 'warning',
    title: page.title[kind],
    message: page.title[kind],
    detail: [
      ...(text === '' ? [] : [text]),
      ...reasons.map(reason => page.reason[reason]),
      '',
      ...shown,
      ...(left > 0 ? [`    + ${left}`] : []),
    ].join('\n'),
    buttons: [words.cancel, page.yes[kind]],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
}

import type { MessageBoxOptions } from 'electron'
import type { Words } from './words'

/** The question before a profile that does not open is set aside. Button 1 is yes; 0 is the default and Escape. */
export const startAnewQuestion = (words: Words): MessageBoxOptions => ({
  type: 'warning',
  title: words.startAnewTitle,
  message: words.startAnewTitle,
  detail: words.startAnewText,
  buttons: [words.cancel, words.startAnewYes],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

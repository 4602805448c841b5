import type { MessageBoxOptions } from 'electron'
import type { LinkTarget } from './link-target'
import type { Words } from './words'

/** More of an address than this makes the window unreadable; the whole is what is opened and copied. */
const shownLimit = 1200

const shown = (url: string): string =>
  url.length <= shownLimit ? url : `${url.slice(0, shownLimit)}… (${url.length})`

/** Buttons in this order; the first is the default and what Escape means. */
export const linkAnswers = ['cancel', 'copy', 'open'] as const

/** The question before a link leaves the program: real host first, then the full address. */
export const linkQuestion = (target: LinkTarget & { kind: 'web' }, words: Words): MessageBoxOptions => ({
  type: 'question',
  title: words.linkTitle,
  message: `${words.linkHost}\n${target.host}`,
  detail: [
    shown(target.url),
    ...(target.hasCredentials ? [words.linkCredentials] : []),
    ...(target.url.startsWith('http:') ? [words.linkInsecure] : []),
  ].join('\n\n'),
  buttons: [words.cancel, words.copyLink, words.openLink],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

/** What is said of an address that is never opened; it can still be copied. */
export const linkRefusal = (url: string, words: Words): MessageBoxOptions => ({
  type: 'info',
  title: words.linkRefusedTitle,
  message: words.linkRefused,
  detail: shown(url),
  buttons: [words.close, words.copyLink],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

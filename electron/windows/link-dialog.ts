import type { MessageBoxOptions } from 'electron'
import { judgeLink } from '../../shared/html/judge-link'
import { type LinkTarget, linkTarget } from './link-target'
import type { Words } from './words'

/** More of an address than this makes the window unreadable; the whole is what is opened and copied. */
const shownLimit = 1200

const shown = (url: string): string =>
  url.length <= shownLimit ? url : `${url.slice(0, shownLimit)}… (${url.length})`

/** A link as the page shows it before it is clicked; empty for what is none. */
export const shownLink = (url: string): Readonly<{ url: string; isLookAlike: boolean }> => {
  const target = linkTarget(url)
  if (target === null || target.kind === 'too-long') return { url: '', isLookAlike: false }
  const text = target.kind === 'phone' ? target.number : target.url
  return { url: text.slice(0, 2000), isLookAlike: judgeLink(url, [])?.kind === 'look-alike' }
}

/** Buttons in this order; the first is the default and what Escape means. */
export const linkAnswers = ['cancel', 'copy', 'open'] as const

/** The question before a link leaves the program: real host first, then the full address. */
export const linkQuestion = (
  target: LinkTarget & { kind: 'web' },
  words: Words,
  said: string | null = null,
): MessageBoxOptions => ({
  type: 'question',
  title: words.linkTitle,
  message: `${words.linkHost}\n${target.host}`,
  detail: [
    shown(target.url),
    ...(said === null ? [] : [words.linkSays.replace('{{said}}', said)]),
    ...lookAlikeWords(target, words),
    ...(target.hasCredentials ? [words.linkCredentials] : []),
    ...(target.url.startsWith('http:') ? [words.linkInsecure] : []),
  ].join('\n\n'),
  buttons: [words.cancel, words.copyLink, words.openLink],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

const lookAlikeWords = ({ url }: LinkTarget & { kind: 'web' }, words: Words): readonly string[] => {
  const finding = judgeLink(url, [])
  return finding?.kind === 'look-alike' ? [words.linkLookAlike.replace('{{said}}', finding.said)] : []
}

/** A telephone number: nothing here can call it. */
export const phoneNotice = (number: string, words: Words): MessageBoxOptions => ({
  type: 'info',
  title: words.linkPhoneTitle,
  message: number,
  detail: words.linkPhone,
  buttons: [words.close, words.copyNumber],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

/** What is said of an address that is never opened; it can still be copied. */
export const linkRefusal = (url: string, words: Words, why: LinkTarget | null = null): MessageBoxOptions => ({
  type: 'info',
  title: words.linkRefusedTitle,
  message:
    why?.kind === 'too-long'
      ? words.linkTooLong.replace('{{count}}', why.characters.toLocaleString(words.locale))
      : words.linkRefused,
  detail: shown(url),
  buttons: [words.close, words.copyLink],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

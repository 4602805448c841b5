import type { MessageBoxOptions } from 'electron'
import { bothForms, hostLetters } from '../../shared/html/host-letters'
import { judgeLink, type LinkFinding } from '../../shared/html/judge-link'
import { type LinkTarget, linkTarget } from './link-target'
import type { Words } from './words'

/** More of an address than this makes the window unreadable; the whole is what is opened and copied. */
const shownLimit = 1200

const shown = (url: string): string =>
  url.length <= shownLimit ? url : `${url.slice(0, shownLimit)}… (${url.length})`

/** A link as the page shows it before it is clicked; empty for what is none. `letters`: its host in letters that are not ASCII. */
export const shownLink = (url: string): Readonly<{ url: string; letters: string; isLookAlike: boolean }> => {
  const target = linkTarget(url)
  if (target === null || target.kind === 'too-long') return { url: '', letters: '', isLookAlike: false }
  const text = target.kind === 'phone' ? target.number : target.url
  const letters = target.kind === 'web' ? hostLetters(target.host).slice(0, 300) : ''
  return { url: text.slice(0, 2000), letters, isLookAlike: judgeLink(url, [])?.kind === 'look-alike' }
}

/** Buttons in this order; the first is the default and what Escape means. */
export const linkAnswers = ['cancel', 'copy', 'open'] as const

/**
 * What is known of the words of a link: `unknown` where nobody could be asked.
 */
export type LinkWords = LinkFinding | null | 'unknown'

/** The question before a link leaves the program: real host first, what its words name, then the full address. */
export const linkQuestion = (
  target: LinkTarget & { kind: 'web' },
  words: Words,
  said: LinkWords = null,
): MessageBoxOptions => ({
  type: 'question',
  title: words.linkTitle,
  message: `${words.linkHost}\n${bothForms(target.host)}`,
  detail: [
    ...saidWords(said, words),
    shown(target.url),
    ...lookAlikeWords(target, words),
    ...(target.hasCredentials ? [words.linkCredentials] : []),
    ...(target.url.startsWith('http:') ? [words.linkInsecure] : []),
  ].join('\n\n'),
  buttons: [words.cancel, words.copyLink, words.openLink],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

/** The same before a draft to another address than the words of a link name. */
export const mailQuestion = (target: LinkTarget & { kind: 'mail' }, words: Words, said: LinkFinding) =>
  ({
    type: 'question',
    title: words.linkMailTitle,
    message: bothForms(said.leads),
    detail: [...saidWords(said, words), shown(target.url)].join('\n\n'),
    buttons: [words.cancel, words.copyLink, words.writeMail],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }) satisfies MessageBoxOptions

function saidWords(finding: LinkWords, words: Words): readonly string[] {
  if (finding === 'unknown') return [words.linkNotCompared]
  if (finding === null || finding.kind === 'look-alike') return []
  const text = finding.kind === 'other-site' ? words.linkSays : words.linkWritesTo
  return [
    text
      .replace('{{said}}', () => bothForms(finding.said))
      .replace('{{leads}}', () => bothForms(finding.leads)),
  ]
}

const lookAlikeWords = ({ url }: LinkTarget & { kind: 'web' }, words: Words): readonly string[] => {
  const finding = judgeLink(url, [])
  return finding?.kind === 'look-alike' ? [words.linkLookAlike.replace('{{said}}', () => finding.said)] : []
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

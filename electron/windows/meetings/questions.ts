import type { MessageBoxOptions } from 'electron'
import { bothForms } from '../../../shared/html/host-letters'
import { judgeLink } from '../../../shared/html/judge-link'
import type { Words } from '../dialogs/words'
import type { MeetingWords } from './words'

/** What is known of a link to a meeting before anything is contacted. */
export type SeenMeeting = Readonly<{
  url: string
  host: string
  hosts: readonly string[]
  isOwn: boolean
  way: 'direct' | 'tor' | 'socks5' | 'refused'
}>

export type MeetingChoice = 'cancel' | 'copy' | 'browser' | 'window'

/** More of an address than this makes the window unreadable; the whole is what is opened and copied. */
const shownLimit = 1200

const filled = (text: string, values: Readonly<Record<string, string>>): string =>
  Object.entries(values).reduce((words, [name, value]) => words.replace(`{{${name}}}`, () => value), text)

/** Names of windows and screens come from other programs; they may not add lines of their own. */
const oneLine = (text: string): string =>
  text
    .replace(/[\p{C}\s]+/gu, ' ')
    .trim()
    .slice(0, 60)

const asking = { type: 'question', defaultId: 0, cancelId: 0, noLink: true } as const

/**
 * Where a meeting is to open, with the choice that each button means; the first is what Escape means. What goes another way than directly is offered
 * nothing that would not: over a proxy the window alone, which goes through it, and over Tor nothing but the link.
 */
export function openQuestion(
  seen: SeenMeeting,
  words: MeetingWords,
  { cancel, close, copyLink, openLink, linkLookAlike }: Words,
): Readonly<{ options: MessageBoxOptions; choices: readonly MeetingChoice[] }> {
  const host = bothForms(seen.host)
  const url =
    seen.url.length <= shownLimit ? seen.url : `${seen.url.slice(0, shownLimit)}… (${seen.url.length})`
  if (seen.way === 'tor' || seen.way === 'refused')
    return {
      choices: ['cancel', 'copy'],
      options: {
        ...asking,
        type: 'info',
        title: words.hiddenTitle,
        message: words.hiddenTitle,
        detail: `${filled(words.hidden, { host })}\n\n${url}`,
        buttons: [close, copyLink],
      },
    }
  const finding = judgeLink(seen.url, [])
  const isDirect = seen.way === 'direct'
  return {
    choices: ['cancel', 'copy', ...(isDirect ? (['browser'] as const) : []), 'window'],
    options: {
      ...asking,
      title: words.title,
      message: `${words.host}\n${host}`,
      detail: [
        url,
        ...(finding?.kind === 'look-alike' ? [filled(linkLookAlike, { said: finding.said })] : []),
        `${seen.isOwn ? words.own : words.foreign} ${isDirect ? words.direct : words.proxy}`,
        ...(seen.hosts.length === 0 ? [] : [filled(words.furtherHosts, { hosts: seen.hosts.join(', ') })]),
        words.windowText,
      ].join('\n\n'),
      buttons: [cancel, copyLink, ...(isDirect ? [openLink] : []), words.window],
    },
  }
}

/** Before a meeting hears or sees; button 1 is yes. */
export const deviceQuestion = (
  host: string,
  kinds: readonly ('audio' | 'video')[],
  words: MeetingWords,
): MessageBoxOptions => ({
  ...asking,
  title: words.askTitle,
  message: filled(words.askText, { host: bothForms(host) }),
  detail: [...kinds.map(kind => `    ${words[kind]}`), '', words.askHint].join('\n'),
  buttons: [words.deny, words.allow],
})

/** What of the screen a meeting is shown; button 0 is nothing, and the others are the sources in their order. */
export const screenQuestion = (
  host: string,
  sources: readonly Readonly<{ id: string; name: string }>[],
  words: MeetingWords,
): MessageBoxOptions => ({
  ...asking,
  title: words.screenTitle,
  message: words.screenTitle,
  detail: filled(words.screenText, { host: bothForms(host) }),
  buttons: [
    words.deny,
    ...sources.map(({ id, name }) =>
      id.startsWith('screen:') ? filled(words.screen, { name: oneLine(name) }) : oneLine(name) || '?',
    ),
  ],
})

/** Something that ended by itself, told once. */
export const meetingNotice = (
  kind: 'failed' | 'closed',
  values: Readonly<{ host: string; detail: string }>,
  words: MeetingWords,
  { close }: Words,
): MessageBoxOptions => ({
  ...asking,
  type: 'warning',
  title: words[`${kind}Title`],
  message: words[`${kind}Title`],
  detail: filled(words[kind], { host: bothForms(values.host), detail: oneLine(values.detail) }),
  buttons: [close],
})

/** The title of the window: what it may do now, and where it is. */
export const meetingTitle = (
  host: string,
  captured: ReadonlySet<'audio' | 'video' | 'screen'>,
  words: MeetingWords,
): string =>
  [
    ...(captured.has('audio') ? [words.stateAudio] : []),
    ...(captured.has('video') ? [words.stateVideo] : []),
    ...(captured.has('screen') ? [words.stateScreen] : []),
    filled(words.stateQuiet, { host: bothForms(host) }),
    'Siegel',
  ].join(' · ')

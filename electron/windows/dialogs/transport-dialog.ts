import type { MessageBoxOptions } from 'electron'
import type { TransportLevelName } from '../../../shared/features/network/transport'
import type { Words } from './words'

/** Domains come from what was typed; they may not add lines of their own. */
const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ').slice(0, 253)

/** The question before a better protection is given up. Button 1 is yes; 0 is the default and what Escape means. */
export const lowerLevelQuestion = (
  {
    domain,
    level,
    previous,
  }: Readonly<{ domain: string; level: TransportLevelName; previous: TransportLevelName }>,
  words: Words,
): MessageBoxOptions => ({
  type: 'warning',
  title: words.levelTitle,
  message: words.levelTitle,
  detail: [
    oneLine(domain),
    '',
    `${words.levelBefore}: ${words[`level.${previous}`]}`,
    `${words.levelNow}: ${words[`level.${level}`]}`,
    '',
    words.levelText,
  ].join('\n'),
  buttons: [words.cancel, words.levelYes],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

/** The question before look-ups go to somebody else; no places: to the servers of the system. Buttons as above. */
export const dnsServersQuestion = (places: readonly string[], words: Words): MessageBoxOptions => ({
  type: 'question',
  title: words.dnsTitle,
  message: words.dnsTitle,
  detail: (places.length === 0
    ? [words.dnsSystem]
    : [words.dnsText, ...places.map(place => `    ${oneLine(place)}`)]
  ).join('\n'),
  buttons: [words.cancel, words.dnsYes],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

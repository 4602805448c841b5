import type { MessageBoxOptions } from 'electron'
import type { AccountRoute } from '../../../shared/features/network/model'
import { assertNever } from '../../../shared/kit/assert-never'
import { someOf } from './some-of'
import type { Words } from './words'

type Question =
  | Readonly<{ kind: 'account'; address: string; to: AccountRoute['kind']; hosts: readonly string[] }>
  | Readonly<{ kind: 'everything'; addresses: readonly string[] }>
  | Readonly<{ kind: 'tor'; program: string | null; place: string | null }>
  | Readonly<{ kind: 'tor-places'; lines: readonly string[] }>

/** Names come from the configuration; they may not add lines of their own. */
const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200)

/** What becomes visible, line by line. */
function linesOf(question: Question, words: Words): { title: string; lines: string[] } {
  switch (question.kind) {
    case 'account':
      return {
        title: words.routeAccountTitle,
        lines: [
          oneLine(question.address),
          '',
          question.to === 'direct' ? words.routeDirect : words.routeProxy,
          ...question.hosts.map(host => `    ${oneLine(host)}`),
        ],
      }
    case 'everything':
      return {
        title: words.routeEverythingTitle,
        lines: [
          words.routeEverything,
          ...someOf(question.addresses, 20).map(address => `    ${oneLine(address)}`),
        ],
      }
    case 'tor':
      return {
        title: words.routeTorTitle,
        lines: [
          words.routeTor,
          ...[question.program, question.place].flatMap(text =>
            text === null ? [] : [`    ${oneLine(text)}`],
          ),
        ],
      }
    case 'tor-places':
      return {
        title: words.routeTorPlacesTitle,
        lines: [words.routeTorPlaces, ...question.lines.slice(0, 20).map(line => `    ${oneLine(line)}`)],
      }
    default:
      return assertNever(question)
  }
}

/** The question before more becomes visible. Button 1 is yes; 0 is the default and what Escape means. */
export const routeQuestion = (question: Question, words: Words): MessageBoxOptions => {
  const { title, lines } = linesOf(question, words)
  return {
    type: 'warning',
    title,
    message: title,
    detail: lines.join('\n'),
    buttons: [words.cancel, words.routeYes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
}

import type { MessageBoxOptions } from 'electron'
import type { CertificateProblem } from '../../../shared/features/accounts/model'
import { someOf } from './some-of'
import type { Words } from './words'

/** Fingerprints are compared by eye: eight pairs a line. */
const inLines = (fingerprint: string): string =>
  (fingerprint.toUpperCase().match(/(?:[^:]+:?){1,8}/g) ?? [fingerprint])
    .map(line => `    ${line}`)
    .join('\n')

/** One line of what the server claims; it may not add lines of its own. */
const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200)

/** A day in the language of the dialog; what is no date is shown as it came. */
const day = (text: string, locale: string): string => {
  const atMs = Date.parse(text)
  return Number.isNaN(atMs)
    ? oneLine(text)
    : new Intl.DateTimeFormat(locale, { dateStyle: 'long' }).format(atMs)
}

/** The question before one bad certificate is trusted. Button 1 is yes; 0 is the default and what Escape means. */
export const certificateQuestion = (problem: CertificateProblem, words: Words): MessageBoxOptions => ({
  type: 'warning',
  title: words.certificateTitle,
  message: `${words.certificateTitle}\n${oneLine(problem.host)}:${problem.port}`,
  detail: [
    words.certificateIntro,
    '',
    `${words.certificateReason}: ${words[`reason.${problem.reason}`]}`,
    `${words.certificateSubject}: ${oneLine(problem.subject)}`,
    `${words.certificateIssuer}: ${oneLine(problem.issuer)}`,
    `${words.certificateNames}: ${oneLine(someOf(problem.names, 5).join(', '))}`,
    `${words.certificateValid}: ${day(problem.validFrom, words.locale)} – ${day(problem.validTo, words.locale)}`,
    `${words.certificateFingerprint}:`,
    inLines(oneLine(problem.fingerprint256)),
    '',
    words.certificateAdvice,
  ].join('\n'),
  buttons: [words.certificateNo, words.certificateYes],
  defaultId: 0,
  cancelId: 0,
  noLink: true,
})

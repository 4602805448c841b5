import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { english, german } from '../../../../renderer/features/languages'
import { describeFailure, inSentences } from '../../../../renderer/i18n/describe-failure'
import { languageFor, startI18n } from '../../../../renderer/i18n/start-i18n'
import { errorThings } from '../../../../shared/kit/error-facts'
import { errorCodes } from '../../../../shared/kit/result'
import { allFacts, sureFacts } from '../../../support/error-facts'

beforeAll(() => startI18n('en', { english, german }))
const words = (failure: Parameters<typeof describeFailure>[1]) =>
  describeFailure(i18next.getFixedT('en', ['errors', 'app', 'things']), failure)

test('a failure names the server it is about', () => {
  const { what, facts } = words({
    code: 'connection-refused',
    params: { host: 'imap.example.org', port: 993 },
  })
  expect(what).toBe('The server does not answer on this port')
  expect(facts).toEqual(['Server: imap.example.org:993'])
})

test("the server's own words are passed on as such", () => {
  const { facts } = words({ code: 'recipient-refused', detail: '550 5.1.1 No such user' })
  expect(facts).toEqual(['Server response: 550 5.1.1 No such user'])
})

test('words of several hands are each ended, and none twice', () => {
  expect(inSentences(['It is full', 'Delete something.', '', 'Server response: go away', 'Why?'])).toBe(
    'It is full. Delete something. Server response: go away. Why?',
  )
  expect(inSentences(['Wait …', 'He said “no.”', 'so'])).toBe('Wait … He said “no.” so.')
  expect(inSentences([])).toBe('')
})

test('names of error conditions are not put into the mouth of the server', () => {
  const { facts } = words({ code: 'tls-failed', params: { detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } })
  expect(facts).toEqual(['Technical detail: UNABLE_TO_VERIFY_LEAF_SIGNATURE'])
})

test('what the engine says of a broken protocol is in the words of the reader, and no server said it', () => {
  const said = (language: 'en' | 'de', detail: string) =>
    describeFailure(i18next.getFixedT(language, ['errors', 'app', 'things']), {
      ...{ code: 'protocol-violation', params: { detail } },
    }).facts
  expect(said('de', 'an HTML page')).toEqual([
    'Statt einer Antwort kam eine Webseite, etwa eine Anmeldeseite',
  ])
  expect(said('en', 'no INBOX')).toEqual(['It names no inbox'])
  for (const detail of ['XML: unclosed tag', 'malformed UID set', 'unexpected line'])
    expect(said('de', detail)).toEqual(['Was kam, lässt sich nicht lesen'])
  for (const detail of ['something new', 'toString', '__proto__'])
    expect(said('en', detail)).toEqual([`Technical detail: ${detail}`])
})

test('a code nobody knows is shown with its name instead of as an empty message', () => {
  const { what, facts } = words({ code: 'from-the-future' })
  expect(what).toBe('Something went wrong inside Siegel')
  expect(facts).toEqual(['Code: from-the-future'])
})

describe.each(['en', 'de'] as const)('in %s', language => {
  const inLanguage = (failure: Parameters<typeof describeFailure>[1]) =>
    describeFailure(i18next.getFixedT(language, ['errors', 'app', 'things']), failure)

  test.each([
    ['without facts, as a stored problem', () => ({})],
    ['with the facts that always come', sureFacts],
    ['with every fact', allFacts],
  ])('%s no code leaves a hole in a sentence', (_, factsOf) => {
    for (const code of errorCodes) {
      const { what, why, fix, facts } = inLanguage({ code, params: factsOf(code) })
      for (const sentence of [what, why, fix, ...facts])
        expect(sentence, code).not.toMatch(
          /[{}]|undefined|errors:|app:|^\s|\s$|\s{2}|\s(?!\.eml)[.,;:)]|^ ?[.,:]|: *$/,
        )
    }
  })

  test('a service that is switched off is named with its account, and only those', () => {
    const said = (params: Readonly<Record<string, string>>) =>
      inLanguage({ code: 'service-off', params }).what
    const of = (name: string) => said({ name, service: 'mail' })
    expect(of('anna@example.org')).toContain('anna@example.org')
    expect(of('anna@example.org')).toMatch(/Mail/)
    expect(of('bert@example.org')).not.toBe(of('anna@example.org'))
    // Of a newer engine, or of a damaged row.
    expect(said({ name: 'anna@example.org', service: 'fax' })).not.toMatch(/Mail|fax/)
    expect(said({ service: 'mail' })).toMatch(/account|Konto/)
  })

  test('it says what is missing, and of each thing something else', () => {
    const sentences = errorThings.map(what => inLanguage({ code: 'not-found', params: { what } }).why)
    expect(new Set(sentences).size).toBe(errorThings.length)
    expect(sentences).not.toContain(inLanguage({ code: 'not-found' }).why)
  })
})

test('the language follows the system when it is one of ours', () => {
  expect(languageFor('system', ['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(languageFor('system', ['en-US', 'de'])).toBe('en')
  expect(languageFor('system', ['ja'])).toBe('en')
  expect(languageFor('de', ['en'])).toBe('de')
})

import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { describeFailure } from '../../../../renderer/i18n/describe-failure'
import { languageFor, startI18n } from '../../../../renderer/i18n/start-i18n'

beforeAll(() => startI18n('en'))
const words = (failure: Parameters<typeof describeFailure>[1]) =>
  describeFailure(i18next.getFixedT('en', ['errors', 'app']), failure)

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

test('names of error conditions are not put into the mouth of the server', () => {
  const { facts } = words({ code: 'tls-failed', params: { detail: 'UNABLE_TO_VERIFY_LEAF_SIGNATURE' } })
  expect(facts).toEqual(['Technical detail: UNABLE_TO_VERIFY_LEAF_SIGNATURE'])
})

test('a code nobody knows is shown with its name instead of as an empty message', () => {
  const { what, facts } = words({ code: 'from-the-future' })
  expect(what).toBe('Something went wrong inside Siegel')
  expect(facts).toEqual(['Code: from-the-future'])
})

test('the language follows the system when it is one of ours', () => {
  expect(languageFor('system', ['fr-FR', 'de-AT', 'en'])).toBe('de')
  expect(languageFor('system', ['en-US', 'de'])).toBe('en')
  expect(languageFor('system', ['ja'])).toBe('en')
  expect(languageFor('de', ['en'])).toBe('de')
})

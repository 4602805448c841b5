import { describe, expect, test } from 'vitest'
import { errorWords } from '../../../../../cli/kit/words/error-words'
import { errorCodes } from '../../../../../shared/kit/result'
import { allFacts, sureFacts } from '../../../../support/error-facts'

describe('what the command line says when something fails', () => {
  test('facts stand in the sentence', () => {
    const line = errorWords({ code: 'connection-refused', params: { host: 'imap.example.org', port: 993 } })
    expect(line).toBe('imap.example.org:993 refused the connection. Check the port and the network')
  })

  test('what is missing names itself: nothing is said about a thing without a name', () => {
    expect(errorWords({ code: 'not-found', params: { what: 'message', name: '17' } })).toMatch(
      /^There is no such message 17\. /,
    )
    expect(errorWords({ code: 'not-found', params: {} })).toMatch(/^There is no such thing\. /)
    expect(errorWords({ code: 'mailbox-missing', params: { mailbox: 'Work' } })).toBe(
      'There is no such folder Work',
    )
  })

  test.each([
    ['no facts, as of a stored problem', () => ({})],
    ['only those that always come', sureFacts],
    ['every one', allFacts],
  ])('%s: no code leaves a hole', (_, factsOf) => {
    for (const code of errorCodes) {
      const line = errorWords({ code, params: factsOf(code) })
      expect(line, code).not.toMatch(/[{}[\]]|undefined|\(\s*[,:)]|\s{2}|\s[.,;)]|: *[.)]|such\./)
      expect(line.length).toBeGreaterThanOrEqual(8)
    }
  })

  test('every fact that a line names is shown when it is there', () => {
    for (const code of errorCodes) {
      const shown = errorWords({ code, params: allFacts(code) })
      const bare = errorWords({ code, params: {} })
      // A line with brackets or stand-ins differs from the one without facts; one that names none does not.
      expect(shown.includes('<'), code).toBe(shown !== bare)
    }
  })
})

import { describe, expect, test } from 'vitest'
import { errorWords } from '../../../../cli/kit/error-words'
import { errorCodes } from '../../../../shared/kit/result'

describe('what the command line says when something fails', () => {
  test('facts stand in the sentence', () => {
    const line = errorWords({
      code: 'connection-refused',
      retryable: true,
      params: { host: 'imap.example.org', port: 993 },
    })
    expect(line).toBe('imap.example.org:993 refused the connection. Check the port and the network')
  })

  test('missing facts leave no holes and no empty brackets', () => {
    for (const code of errorCodes) {
      const line = errorWords({ code, retryable: false, params: {} })
      expect(line).not.toMatch(/[{}]|\(\s*[,)]|\s{2}|\s[.,;)]/)
      expect(line.length).toBeGreaterThanOrEqual(8)
    }
  })
})

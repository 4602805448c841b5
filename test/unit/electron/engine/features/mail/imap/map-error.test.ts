import { expect, test } from 'vitest'
import { mapImapError, serverText } from '../../../../../../../electron/engine/features/mail/imap/map-error'
import { asError } from '../../../../../../../shared/kit/result'

const refusal = (code: string | null, text: string, status = 'NO') =>
  Object.assign(new Error('Command failed'), {
    responseStatus: status,
    responseText: text,
    response: { attributes: [{ section: code === null ? [] : [{ value: code }] }] },
  })

test.each([
  [refusal('OVERQUOTA', 'full'), 'quota-exceeded', false],
  [refusal(null, 'Quota exceeded (mailbox for user is full)'), 'quota-exceeded', false],
  [refusal('TRYCREATE', 'no such mailbox'), 'mailbox-missing', false],
  [refusal('UNAVAILABLE', 'later'), 'server-unavailable', true],
  [refusal(null, 'Message too large'), 'message-too-large', false],
  [refusal(null, 'because'), 'server-refused', false],
  [refusal(null, 'Unknown command', 'BAD'), 'server-refused', false],
  [Object.assign(new Error('x'), { code: 'NoConnection' }), 'connection-lost', true],
  [Object.assign(new Error('x'), { code: 'NoConnection', reason: 'going down' }), 'server-unavailable', true],
  [Object.assign(new Error('x'), { code: 'ECONNRESET' }), 'connection-lost', true],
  [Object.assign(new Error('x'), { code: 'GREETING_TIMEOUT' }), 'connection-timeout', true],
  [Object.assign(new Error('x'), { code: 'LiteralTooLarge' }), 'protocol-violation', false],
  [
    Object.assign(new Error('x'), { code: 'STARTTLS_INJECTION', tlsFailed: true }),
    'starttls-injection',
    false,
  ],
  [Object.assign(new Error('x'), { authenticationFailed: true, response: 'no' }), 'login-refused', false],
  [
    Object.assign(new Error('x'), { authenticationFailed: true, serverResponseCode: 'INUSE' }),
    'server-unavailable',
    true,
  ],
  [Object.assign(new Error('Login is disabled'), { authenticationFailed: true }), 'login-unsupported', false],
  ['not even an error', 'protocol-violation', false],
])('%s becomes %s', (error, code, retryable) => {
  expect(mapImapError(error, { host: 'h' })).toMatchObject({ code, retryable, params: { host: 'h' } })
})

test('an error that is ours already stays as it is', () => {
  const ours = asError({ code: 'certificate-refused', params: { reason: 'expired' } })
  expect(mapImapError(ours)).toBe(ours)
})

test("a server's words are one short line without tricks", () => {
  expect(serverText('no\r\nway\u202eevil\u0000')).toBe('no way evil')
  expect(serverText('x'.repeat(5_000))).toHaveLength(300)
  expect(serverText(undefined)).toBe('')
})

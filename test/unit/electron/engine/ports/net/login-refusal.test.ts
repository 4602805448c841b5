import { describe, expect, test } from 'vitest'
import { judgeRefusedLogin } from '../../../../../../electron/engine/ports/net/login-refusal'

const judge = (answer: string, wasAccepted = false) => {
  const [, responseCode = '', text = ''] = /^(?:\[([A-Z-]+)[^\]]*\] )?(.*)$/.exec(answer) ?? []
  return judgeRefusedLogin({ responseCode, text, wasAccepted })
}

describe('a refused login', () => {
  // What these servers answer to a right password, in their own words.
  test.each([
    ['[ALERT] Too many simultaneous connections. (Failure)', 'Gmail'],
    ['[ALERT] Account exceeded command or bandwidth limits. (Failure)', 'Gmail'],
    ['[UNAVAILABLE] Temporary System Error (Failure)', 'Gmail'],
    [
      '[UNAVAILABLE] Maximum number of connections from user+IP exceeded (mail_max_userip_connections=10)',
      'Dovecot',
    ],
    ['[LIMIT] Maximum number of connections from user+IP exceeded', 'Dovecot 2.4'],
    ['[UNAVAILABLE] Temporary authentication failure.', 'Dovecot'],
    ['Maximum number of connections from user+IP exceeded', 'Dovecot, old'],
    ['[SERVERBUG] Server error - Please try again later', 'Yahoo'],
    ['[LIMIT] LOGIN Rate limit hit.', 'Yahoo'],
    ['LOGIN Server error - Please try again later', 'Yahoo, old'],
    ['[INUSE] Mailbox in use', 'Yahoo'],
    ['Too many open connections for this user', 'Cyrus'],
    ['LOGIN failed: Maximum connection limit reached', 'Courier'],
    ['User is authenticated but not connected.', 'Exchange'],
    ['Request is throttled. Suggested Backoff Time: 92415 milliseconds', 'Microsoft 365'],
    ['Server Unavailable. 15', 'Exchange'],
    ['Exceeded the maximum number of concurrent sessions', 'Zoho'],
    ['Too many concurrent connections', 'Zoho'],
    ['LOGIN failed. Too many logins, try again later', 'GMX'],
    ['[ALERT] Maximum IMAP connections reached for this account', 'hosters'],
    ['System busy!', 'QQ'],
    ['account is temporarily locked, please retry later', 'hosters'],
    ['Der Server ist nicht erreichbar: temporary failure', 'hosters'],
  ])('is not about the password: %s (%s)', answer => {
    expect([judge(answer), judge(answer, true)]).toEqual(['server-unavailable', 'server-unavailable'])
  })

  test.each([
    '[AUTHENTICATIONFAILED] Invalid credentials (Failure)',
    '[AUTHENTICATIONFAILED] Authentication failed.',
    '[AUTHORIZATIONFAILED] not for you',
    '[EXPIRED] password has expired',
    '[PRIVACYREQUIRED] not without TLS',
    '[CONTACTADMIN] blocked',
  ])('waits for the person when the server says so by code: %s', answer => {
    expect([judge(answer), judge(answer, true)]).toEqual(['login-refused', 'login-refused'])
  })

  test.each([
    'LOGIN failed.',
    'Login failed: authentication failure',
    'Invalid user name or password',
    'Invalid login or password, please try again',
    '[ALERT] Application-specific password required: https://support.example (Failure)',
    '[ALERT] Please log in via your web browser (Failure)',
    'Login fail. Account is abnormal, service is not open, password is incorrect, login frequency limited, or system is busy.',
    'Anmeldung fehlgeschlagen',
    '',
  ])('without a code is a wrong password only while this password was never taken: %s', answer => {
    expect([judge(answer), judge(answer, true)]).toEqual(['login-refused', 'login-not-now'])
  })
})

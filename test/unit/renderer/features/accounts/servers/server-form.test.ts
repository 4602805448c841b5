import { expect, test } from 'vitest'
import { fingerprintPairs } from '../../../../../../renderer/features/accounts/connection/fingerprint'
import {
  emptyServers,
  mailOf,
  withSecurity,
} from '../../../../../../renderer/features/accounts/servers/server-form'
import { accounts as german } from '../../../../../../renderer/features/accounts/words/de'
import { accounts as english } from '../../../../../../renderer/features/accounts/words/en'
import { certificateProblem } from '../../../../../../shared/features/accounts/model'

test('a fingerprint is shown in groups of four, whatever it came as', () => {
  expect(fingerprintPairs('3f:9a:11:c0:7e')).toEqual(['3F', '9A', '11', 'C0', '7E'])
})

test('every reason to refuse a certificate has its own words in both languages', () => {
  for (const reason of certificateProblem.shape.reason.options) {
    expect(english.certificate.reason[reason]).not.toBe('')
    expect(german.certificate.reason[reason]).not.toBe('')
  }
})

test('choosing STARTTLS brings its port, but a port chosen by hand stays', () => {
  const { imap } = emptyServers('a@example.org')
  expect(withSecurity(imap, 'imap', 'starttls').port).toBe('143')
  expect(withSecurity({ ...imap, port: '1993' }, 'imap', 'starttls').port).toBe('1993')
})

test('nothing is tested or added before every field is valid', () => {
  const empty = emptyServers('a@example.org')
  const whole = {
    ...empty,
    imap: { ...empty.imap, host: ' imap.example.org ' },
    smtp: { ...empty.smtp, host: 'smtp.example.org' },
  }
  expect(mailOf(empty, null)).toBeNull()
  expect(mailOf({ ...whole, smtp: { ...whole.smtp, port: '70000' } }, null)).toBeNull()
  expect(mailOf(whole, null)).toMatchObject({
    userName: 'a@example.org',
    imap: { host: 'imap.example.org', port: 993, security: 'tls' },
  })
})

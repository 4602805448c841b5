import { expect, test } from 'vitest'
import { english, german } from '../../../../../../renderer/features/languages'
import { whyEmpty } from '../../../../../../renderer/features/mail/list/why-empty'
import type { AccountConfig, MailService } from '../../../../../../shared/features/accounts/model'
import { mailboxRole } from '../../../../../../shared/features/mail/model'
import type { AccountId } from '../../../../../../shared/kit/ids'

const server = { host: 'mail.example.org', port: 993, security: 'tls' } as const
const mail: MailService = { userName: 'a', imap: server, smtp: server, caPem: null }
const account = (id: string, services: AccountConfig['services']) => ({
  id: id as AccountId,
  config: { address: `${id}@example.org`, displayName: '', services },
})
const on = account('on', { mail })
const off = account('off', { mail: { ...mail, isOff: true } })
const local = account('local', {})
const all = [on, off, local]
const of = ({ id }: { id: AccountId }) => ({ accountId: id })

test.each([
  ['none', on, 'fetched'],
  ['inbox', on, 'fetched'],
  ['all', on, 'fetched'],
  ['none', off, 'off'],
  ['inbox', off, 'off'],
  ['none', local, 'local'],
  ['inbox', local, 'local'],
  ['drafts', local, 'drafts'],
  ['sent', on, 'sent'],
  ['archive', local, 'archive'],
  ['junk', off, 'junk'],
  ['trash', on, 'trash'],
] as const)('an empty %s folder of %o', (role, owner, why) => {
  expect(whyEmpty(role, of(owner), all)).toBe(why)
})

test('of several folders together, one that is fetched is enough', () => {
  expect(whyEmpty('inbox', null, all)).toBe('fetched')
  expect(whyEmpty('inbox', null, [off, local])).toBe('off')
  expect(whyEmpty('inbox', null, [local])).toBe('local')
  expect(whyEmpty('drafts', null, all)).toBe('drafts')
})

test('only a folder that is fetched promises new messages, in both languages', () => {
  for (const words of [english, german]) {
    const said = (role: (typeof mailboxRole.options)[number], owner: typeof on) =>
      words.mail.list.emptyText[whyEmpty(role, of(owner), all)]
    const promise = words.mail.list.emptyText.fetched
    for (const role of mailboxRole.options) {
      expect(said(role, local)).not.toBe(promise)
      expect(said(role, off)).not.toBe(promise)
    }
    expect(said('inbox', on)).toBe(promise)
  }
})

import { expect, test } from 'vitest'
import { invitations } from '../../../../../../../electron/engine/features/calendar/invitations/invitations'
import { ordinaryInvitations } from '../../../../../../fixtures/invitations/providers'

test('ordinary invitations of the usual programs give no alarm, and are understood', () => {
  const alarms: string[] = []
  for (const { name, part, method, mine, from, sender, replyTo } of ordinaryInvitations) {
    const [found] = invitations.read(
      [{ partId: '2', method, bytes: Buffer.from(part, 'utf8') }],
      {
        ...{ from, signer: null, isForged: false, mine: [[mine]] },
        senders: [sender, replyTo].flatMap(each => each ?? []),
      },
      'Europe/Berlin',
    )
    expect(found, name).toMatchObject({ method, problem: null, title: 'Lunch' })
    expect(found?.event?.startMs, name).toBe(Date.UTC(2027, 2, 10, 8))
    if (method === 'REQUEST') expect(found?.me, name).toBe('guest')
    if (found && found.warnings.length > 0) alarms.push(`${name}: ${found.warnings.join(', ')}`)
  }
  expect(alarms).toEqual([])
  expect(ordinaryInvitations.length).toBeGreaterThan(15)
})

test('the same, sent by somebody else, are told', () => {
  const silent = ordinaryInvitations
    .filter(
      ({ method, part }) => method === 'REQUEST' && !/@(group\.calendar\.google|imip\.me)\.com/.test(part),
    )
    .filter(({ part, method, mine, replyTo }) => {
      const read = invitations.read(
        [{ partId: '2', method, bytes: Buffer.from(part, 'utf8') }],
        // Whoever writes a Reply-To of somebody else's has not become them.
        {
          from: 'mallory@example.com',
          signer: null,
          isForged: false,
          mine: [[mine]],
          senders: replyTo ? [replyTo] : [],
        },
        'Europe/Berlin',
      )
      return !read[0]?.warnings.includes('third-party')
    })
  expect(silent.map(({ name }) => name)).toEqual([])
})

test('an address that sounds like the server of a house is one only in that house', () => {
  const nextcloud = ordinaryInvitations.find(({ name }) => name.startsWith('Nextcloud, sent'))
  for (const from of [
    'invitations-noreply@cloud.example.com',
    'noreply@notexample.net',
    'noreply.mallory@example.net',
    'noreply@example.net.mallory.example',
  ]) {
    const [found] = invitations.read(
      [{ partId: '2', method: 'REQUEST', bytes: Buffer.from(nextcloud?.part ?? '') }],
      { from, signer: null, isForged: false, mine: [['max@example.org']], senders: ['eva@example.net'] },
      'Europe/Berlin',
    )
    expect(found?.warnings, from).toContain('third-party')
  }
})

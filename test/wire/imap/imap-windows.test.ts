import { afterEach, expect, test } from 'vitest'
import { SyncProfile, testMessage } from '../../support/sync-profile'
import { poorCapabilities, richCapabilities, startScriptedImapServer } from '../support/scripted-imap-server'

const ended: (() => Promise<unknown>)[] = []
afterEach(async () => {
  for (const end of ended.splice(0).reverse()) await end()
})

async function start(capabilities: readonly string[] = richCapabilities) {
  const server = await startScriptedImapServer({ capabilities })
  const profile = new SyncProfile({ port: server.port, ca: server.ca })
  ended.push(
    () => server.stop(),
    () => profile.remove(),
  )
  return { server, profile, inbox: server.account.get('INBOX') }
}

const monthsAgo = (months: number) => new Date(Date.now() - months * 30.5 * 86_400_000)

test.each([
  ['rich', richCapabilities],
  ['poor', poorCapabilities],
] as const)(
  'a window of months takes only what arrived in it, and keeps up, on a %s server',
  async (_name, capabilities) => {
    const { profile, inbox } = await start(capabilities)
    profile.store.settings.set({ defaultWindow: { kind: 'months', months: 3 } })
    inbox.add(testMessage('old'), { internalDate: monthsAgo(8) })
    inbox.add(testMessage('older'), { internalDate: monthsAgo(20) })
    inbox.add(testMessage('new'), { internalDate: monthsAgo(1) })
    await profile.pass()
    expect(profile.subjects('INBOX')).toEqual(['message new'])
    inbox.add(testMessage('newest'))
    inbox.setFlags(3, ['\\Seen'])
    await profile.pass()
    expect(profile.subjects('INBOX')).toEqual(['message new', 'message newest'])
    expect(profile.messages('INBOX').find(each => each.subject === 'message new')?.flags).toEqual(['seen'])
    inbox.expunge(3)
    await profile.pass()
    expect(profile.subjects('INBOX')).toEqual(['message newest'])
  },
)

test('headers only: nothing of the bodies is fetched until one is opened', async () => {
  const { server, profile, inbox } = await start()
  profile.store.settings.set({ defaultWindow: { kind: 'headers', months: 1 } })
  for (let at = 1; at <= 3; at++) inbox.add(testMessage(at))
  expect(await profile.pass()).toMatchObject({ new: 3, bytes: 0 })
  expect(server.sent('UID FETCH').filter(line => line.includes('BODY.PEEK[]'))).toEqual([])
  const one = profile.messages('INBOX')[0]!
  await profile.sync.download(one.id)
  expect(Buffer.from(profile.store.messages.raw(one.id) ?? []).toString()).toContain(one.subject)
  inbox.expunge(1)
  inbox.expunge(2)
  inbox.expunge(3)
  const two = profile.messages('INBOX')[1]!
  await expect(profile.sync.download(two.id)).rejects.toMatchObject({ code: 'body-not-here' })
})

test('a message over the background limit comes with its text and the names of its attachments, without their bytes', async () => {
  const { server, profile, inbox } = await start()
  profile.store.settings.set({ backgroundBodyLimitBytes: 10_000 })
  const attachment = Buffer.alloc(60_000, 7).toString('base64').replace(/.{76}/g, '$&\r\n')
  inbox.add(
    [
      'Message-ID: <big@rig.test>',
      'From: Bob <bob@rig.test>',
      'To: alice@rig.test',
      'Subject: =?utf-8?q?gro=C3=9F?=',
      'Date: Mon, 02 Mar 2026 10:00:00 +0000',
      'MIME-Version: 1.0',
      'Content-Type: multipart/mixed; boundary=outer',
      '',
      '--outer',
      'Content-Type: multipart/alternative; boundary=inner',
      '',
      '--inner',
      'Content-Type: text/plain; charset=iso-8859-1',
      'Content-Transfer-Encoding: quoted-printable',
      '',
      'Sch=F6ne Gr=FC=DFe',
      '',
      '--inner',
      'Content-Type: text/html; charset=utf-8',
      '',
      '<p>Schöne <b>Grüße</b></p>',
      '--inner--',
      '',
      '--outer',
      'Content-Type: application/pdf; name="Plan.pdf"',
      'Content-Disposition: attachment; filename="Plan.pdf"',
      'Content-Transfer-Encoding: base64',
      '',
      attachment,
      '--outer--',
      '',
    ].join('\r\n'),
  )
  const run = await profile.pass()
  expect(run.bytes).toBe(0)
  const [message] = profile.messages('INBOX')
  expect(message).toMatchObject({ bodyState: 'text', subject: 'groß' })
  const text = profile.store.messages.storedText(message!.id)
  expect(text?.text.trim()).toBe('Schöne Grüße')
  expect(text?.html).toContain('<b>Grüße</b>')
  expect(text?.attachments).toMatchObject([
    { partId: '2', fileName: 'Plan.pdf', contentType: 'application/pdf', inline: false },
  ])
  expect(Math.abs((text?.attachments[0]?.sizeBytes ?? 0) - 60_000)).toBeLessThan(600)
  expect(
    server.sent('UID FETCH').filter(line => line.includes('BODY.PEEK[2]') || line.includes('BODY.PEEK[]')),
  ).toEqual([])
  // Again: the text is not fetched twice.
  const before = server.sent('UID FETCH').length
  await profile.pass()
  expect(server.sent('UID FETCH').length).toBe(before)
  await profile.sync.download(message!.id)
  expect(profile.messages('INBOX')[0]?.bodyState).toBe('whole')
})

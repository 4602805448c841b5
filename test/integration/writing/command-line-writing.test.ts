import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { photoJpeg } from '../../fixtures/mail/outgoing/images'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, TestProfile } from '../../support/command-line'
import { type ScriptedSmtpServer, startScriptedSmtpServer } from '../../wire/support/scripted-smtp-server'

type Explained = {
  raw: string
  readers: { who: string; names: string[]; reads: string }[]
  metadata: { item: string; isHidden: boolean }[]
  onTheWay: string | null
  attachments: { fileName: string; originalName: string | null; keepsTraces: boolean }[]
}

/** What is written from the command line, and what of this machine goes along. */
describe('writing from the command line', () => {
  let servers: MailServers
  const profile = new TestProfile()
  beforeAll(async () => {
    servers = await startMailServers()
    await profile.create()
    await addRigAccount(profile, servers, 'alice')
    await profile.json('transport', 'lookups', 'off')
    await profile.json('sync')
  })
  afterAll(async () => {
    await servers?.stop()
    await profile.remove()
  })
  const write = (verb: string, ...more: string[]) => [
    ...[verb, '--from', 'alice@rig.test', '--to', 'bob@rig.test', '--subject', 'Garden'],
    ...['--text-file', profile.file('text', 'Text\n'), ...more],
  ]
  const photo = () => profile.file('IMG_20260501_home.jpg', photoJpeg())
  const explained = (...more: string[]) =>
    profile.json<Explained>(...write('compose', '--dry-run', '--explain', ...more))
  const drafts = async () =>
    (await profile.json<ListedMessage[]>('list', 'alice@rig.test/Drafts')).map(({ subject }) => subject)

  test('a dry run prints the exact bytes and keeps nothing', async () => {
    const printed = await profile.run(...write('compose', '--dry-run'))
    expect(printed.stdout).toMatch(/^From: .*\r\nTo: bob@rig\.test\r\nSubject: Garden\r\n/)
    const { raw, ...more } = await profile.json<Explained>(...write('compose', '--dry-run'))
    const headers = (text: string) => text.replace(/^(Message-ID|Date): .*$/gm, '')
    expect(headers(Buffer.from(raw, 'base64').toString())).toBe(headers(printed.stdout))
    expect(more).toEqual({})
    expect(await drafts()).toEqual([])
  })

  test('who can read it is told in words and as JSON, and every server sees the subject', async () => {
    const { readers, metadata, onTheWay } = await explained()
    // Nobody may be asked for the domain here.
    expect(onTheWay).toBe('unknown')
    expect(readers.map(({ who, reads }) => [who, reads])).toEqual(
      expect.arrayContaining([
        ['own-provider', 'everything'],
        ['recipients', 'everything'],
      ]),
    )
    expect(metadata).toContainEqual({ item: 'subject', isHidden: false })
    const { stdout } = await profile.run(...write('compose', '--dry-run', '--explain'))
    expect(stdout).toContain('Who can read it:')
    expect(stdout).toContain('On the way: not known')
    expect(stdout).toMatch(/Every server on the way sees: .*subject/)
  })

  test('a photo goes out without its hidden data, unless it is asked for', async () => {
    const bytesOf = ({ raw }: Explained) => {
      const text = Buffer.from(raw, 'base64').toString()
      const part = text.slice(text.indexOf('Content-Type: image/jpeg'))
      return Buffer.from(part.slice(part.indexOf('\r\n\r\n')).split('\r\n--')[0] ?? '', 'base64')
    }
    const clean = await explained('--attach', photo())
    expect(bytesOf(clean).length).toBeGreaterThan(100)
    expect(bytesOf(clean).includes('secret')).toBe(false)
    expect(clean.attachments).toMatchObject([{ fileName: 'IMG_20260501_home.jpg', keepsTraces: false }])
    const kept = await explained('--attach', photo(), '--keep-image-metadata')
    expect(bytesOf(kept).equals(photoJpeg())).toBe(true)
    expect(kept.attachments).toMatchObject([{ keepsTraces: true }])
  })

  test('names of files are replaced on request, and stand nowhere in the bytes then', async () => {
    const { raw, attachments } = await explained('--attach', photo(), '--clean-names')
    expect(attachments).toMatchObject([{ fileName: '1.jpg', originalName: 'IMG_20260501_home.jpg' }])
    const text = Buffer.from(raw, 'base64').toString()
    expect(text).toContain('filename="1.jpg"')
    expect(text).not.toContain('IMG_2026')
  })

  test('--explain without a dry run says that it does nothing, and --dry-run does not send', async () => {
    const kept = await profile.run(...write('compose', '--explain'))
    expect(kept.stderr).toContain('--dry-run')
    expect((await profile.run(...write('send', '--dry-run'))).exitCode).toBe(2)
    expect(await profile.json('outbox')).toEqual([])
  })

  test('a list is left by the mail it asks for; one that nobody vouches for gets no click', async () => {
    const arrives = async (...lines: string[]) => {
      const head = ['From: Shop <news@shop.example>', `Subject: News ${lines.length}`, ...lines]
      const mail = profile.file('news.eml', [...head, '', 'text', ''].join('\r\n'))
      await profile.json('import', mail, '--into', 'alice@rig.test/INBOX')
      const [newest] = await profile.json<ListedMessage[]>('list', 'alice@rig.test/INBOX')
      return String(newest?.id)
    }
    const silent = await arrives()
    expect(await profile.json('unsubscribe', silent, '--dry-run')).toEqual({ choice: null })
    expect((await profile.failure('unsubscribe', silent)).code).toBe('not-found')
    const id = await arrives(
      'Message-ID: <2@shop.example>',
      'List-Unsubscribe: <https://shop.example/leave>, <mailto:leave@shop.example>',
      'List-Unsubscribe-Post: List-Unsubscribe=One-Click',
    )
    const left = await profile.json<{ choice: { kind: string; address: string } }>('unsubscribe', id)
    expect(left.choice).toMatchObject({ kind: 'mail', address: 'leave@shop.example' })
  })

  describe('with an account that has the secure address', () => {
    let server: ScriptedSmtpServer
    afterAll(() => server?.stop())
    const account = async (extensions: readonly string[]) => {
      server = await startScriptedSmtpServer({ extensions })
      await profile.json(
        ...['account', 'add', '--address', 'anna@mailbox.org', '--user', server.user],
        ...['--imap', 'tls://imap.mailbox.org:993', '--smtp', `tls://localhost:${server.port}`],
        ...[
          '--ca',
          profile.file('ca.pem', server.ca),
          '--password-file',
          profile.file('pw', `${server.password}\n`),
        ],
      )
    }
    const send = (...more: string[]) => [
      ...['send', '--from', 'anna@mailbox.org', '--to', 'bob@rig.test', '--subject', 'Quiet'],
      ...['--text-file', profile.file('text', 'Text\n'), ...more],
    ]

    test('demands go along with the message; what the server cannot promise is not sent', async () => {
      await account(['REQUIRETLS'])
      const item = await profile.json<{ state: string }>(...send('--require-tls', '--secure-alias'))
      expect(item.state).toBe('sent')
      expect(server.received).toMatchObject([
        { from: 'anna@secure.mailbox.org', parameters: expect.stringContaining('REQUIRETLS') },
      ])
      expect((await profile.failure(...write('send', '--require-tls'))).code).not.toBe('internal')
      expect(await profile.json<ListedMessage[]>('list', 'alice@rig.test/Sent')).toEqual([])
    })
  })
})

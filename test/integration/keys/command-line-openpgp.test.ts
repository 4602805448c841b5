import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { partBytes } from '../../../electron/engine/formats/mime/parts/leaf'
import { splitMessage } from '../../../electron/engine/formats/mime/parts/split'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccount, type ListedMessage, TestProfile } from '../../support/command-line'
import { Gnupg } from '../../support/gnupg'
import { encryptedMime, entity, multipart, setupMail, textPart } from '../../support/protected-mail'
import { mailHolding, newMailOf } from '../writing/smtp-mailbox'

const armorIn = (raw: Buffer) => {
  const part = splitMessage(raw).root.children[1]
  return raw.subarray(part?.bodyStart, part?.end)
}

describe('encrypted mail on the command line, with GnuPG on the other side', () => {
  let servers: MailServers
  const alice = new TestProfile()
  const bob = new Gnupg()
  beforeAll(async () => {
    servers = await startMailServers()
    await alice.create()
    await addRigAccount(alice, servers, 'alice')
    await alice.json('sync')
    bob.generate('Bob <bob@rig.test>')
    await alice.json('keys', 'generate', 'alice@rig.test')
    bob.import((await alice.json<{ armored: string }>('keys', 'export', 'alice@rig.test')).armored)
    await alice.json('keys', 'import', alice.file('bob.pgp', bob.publicKey('bob@rig.test')))
  })
  afterAll(async () => {
    await servers?.stop()
    await alice.remove()
    bob.close()
  })
  const write = (verb: string, to: string, subject: string, ...more: string[]) => [
    ...[verb, '--from', 'alice@rig.test', '--to', to, '--subject', subject],
    ...['--text-file', alice.file('text', 'We meet at eight.\n'), ...more],
  ]
  /** What arrived at Bob under the subject that everybody reads. */
  const arrived = async (subject: string): Promise<Buffer> => {
    const [raw] = await newMailOf(servers, 'bob@rig.test', subject)
    if (!raw) throw new Error(`${subject} did not arrive`)
    return raw
  }

  test('what is sent with --encrypt --sign only Bob reads, and his GnuPG says who signed it', async () => {
    await alice.json(...write('send', 'bob@rig.test', 'The secret place', '--encrypt', '--sign'))
    const raw = await arrived('[...]')
    expect(raw.toString('latin1')).not.toMatch(/secret place|at eight/)
    const status = bob.run(['--status-fd', '1', '--decrypt'], armorIn(raw)).toString('latin1')
    expect(status).toContain('We meet at eight.')
    expect(status).toContain('Subject: The secret place')
    expect(status).toMatch(/GOODSIG [0-9A-F]+ .*<alice@rig\.test>/)
  })

  test('--no-encrypt sends in clear although everybody has a key', async () => {
    await alice.json(...write('send', 'bob@rig.test', 'For all to read', '--no-encrypt'))
    expect((await arrived('For all to read')).toString('latin1')).toContain('We meet at eight.')
  })

  test('--encrypt to somebody without a key sends nothing and keeps nothing', async () => {
    const error = await alice.failure(...write('send', 'carol@rig.test', 'No key', '--encrypt'))
    expect(error).toMatchObject({ code: 'encryption-needs-decision' })
    expect(await newMailOf(servers, 'carol@rig.test', 'No key', { wait: false })).toEqual([])
  })

  test('--passphrase-attachment sends a page without the text in clear; a weak passphrase sends nothing', async () => {
    const locked = (secret: string) => [
      ...['--passphrase-attachment', '--secret-file', alice.file('secret', `${secret}\n`)],
    ]
    const weak = await alice.failure(...write('send', 'bob@rig.test', 'Too weak', ...locked('12345')))
    expect(weak.code).toBe('weak-passphrase')

    const secret = 'seven violet anchors sing'
    await alice.json(...write('send', 'bob@rig.test', 'Under a passphrase', ...locked(secret)))
    const [raw = Buffer.alloc(0)] = await mailHolding(servers, 'bob@rig.test', 'message-nachricht.html')
    const parts = splitMessage(raw).root.children
    expect(parts.some(({ type }) => type.value === 'text/html')).toBe(true)
    for (const bytes of [raw, ...parts.map(part => partBytes(raw, part))])
      for (const hidden of ['at eight', 'Under a passphrase', secret])
        expect(bytes.includes(hidden)).toBe(false)
    expect(await newMailOf(servers, 'bob@rig.test', 'Too weak', { wait: false })).toEqual([])
  })

  test('show --json says how what came was protected and who signed it', async () => {
    const header = {
      From: 'Bob <bob@rig.test>',
      To: 'alice@rig.test',
      Subject: '...',
      'Message-ID': '<from-bob@rig.test>',
      Date: 'Wed, 25 Nov 2026 08:00:00 +0000',
    }
    const armored = bob.encrypted(textPart('An answer.'), ['alice@rig.test'], { signer: 'bob@rig.test' })
    await servers.deliver('alice@rig.test', encryptedMime(armored, header))
    await alice.json('sync')
    const listed = await alice.json<ListedMessage[]>('list', 'alice@rig.test/INBOX')
    const id = listed.find(({ messageId }) => messageId.includes('from-bob'))?.id
    const shown = await alice.json<{ text: string; security: unknown }>('show', String(id))
    expect(shown.text).toContain('An answer.')
    expect(shown.security).toMatchObject({
      encryption: 'encrypted',
      signature: 'good',
      signer: { address: 'bob@rig.test' },
      // His program wrote the subject outside.
      warnings: [{ code: 'subject-not-protected' }],
    })
  })

  test('show --attached reads a forwarded encrypted message; the one that carries it is shown as what it is', async () => {
    const header = (name: string) => ({
      From: 'Bob <bob@rig.test>',
      To: 'alice@rig.test',
      Subject: name,
      'Message-ID': `<${name}@rig.test>`,
      Date: 'Wed, 25 Nov 2026 08:00:00 +0000',
    })
    const armored = bob.encrypted(textPart('For you alone.'), ['alice@rig.test'], { signer: 'bob@rig.test' })
    const forwarded = entity({ 'Content-Type': 'message/rfc822' }, encryptedMime(armored, header('inside')))
    const parts = [textPart('See below.'), forwarded]
    await servers.deliver('alice@rig.test', multipart('multipart/mixed', parts, header('around')))
    await alice.json('sync')
    const listed = await alice.json<ListedMessage[]>('list', 'alice@rig.test/INBOX')
    const id = String(listed.find(({ messageId }) => messageId.includes('around'))?.id)
    expect(await alice.json('show', id)).toMatchObject({
      text: 'See below.',
      security: { encryption: 'none', signature: 'none' },
    })
    expect(await alice.json('show', id, '--attached', '2')).toMatchObject({
      attachedTo: Number(id),
      attached: ['2'],
      from: 'Bob <bob@rig.test>',
      subject: 'inside',
      text: 'For you alone.',
      security: { encryption: 'encrypted', signature: 'good', signer: { address: 'bob@rig.test' } },
    })
    const printed = await alice.run('show', id, '--attached', '2')
    expect(printed.stdout).toMatch(/^Attached message, part 2 of message/)
    expect(printed.stdout).toContain('Secured: end-to-end encrypted; signed by the sender: bob@rig.test')
    expect(await alice.json('attachments', id, '--attached', '2')).toEqual([])
    expect(await alice.failure('show', id, '--attached', '1')).toMatchObject({ code: 'not-found' })
    expect((await alice.run('show', id, '--attached', '2', '--raw')).exitCode).not.toBe(0)
  })

  test('compose --dry-run shows the message as it would leave: encrypted; self-check tells who can read it', async () => {
    const printed = await alice.run(
      ...write('compose', 'bob@rig.test', 'Only looked at', '--encrypt', '--dry-run'),
    )
    expect(printed.exitCode, printed.stderr).toBe(0)
    const raw = printed.stdoutBytes
    expect(raw.toString('latin1')).not.toMatch(/Only looked at|at eight/)
    expect(bob.run(['--decrypt'], armorIn(raw)).toString('latin1')).toContain('We meet at eight.')
    expect(await newMailOf(servers, 'bob@rig.test', 'Only looked at', { wait: false })).toEqual([])

    const report = await alice.json<{
      isEncrypted: boolean
      problems: string[]
      recipients: { address: string }[]
    }>('self-check', alice.file('dry.eml', raw))
    expect(report).toMatchObject({ isEncrypted: true, problems: [] })
    expect(report.recipients.map(({ address }) => address).sort()).toEqual(['alice@rig.test', 'bob@rig.test'])

    const clear = alice.file('clear.eml', 'From: a@b.example\r\nSubject: Open\r\n\r\nread me\r\n')
    const spoken = await alice.run('self-check', clear)
    expect(spoken.stdout).toContain('The content is not encrypted.')
    expect(spoken.stdout).toContain('subject: Open')
  })

  test('keys import-setup takes over the own key of another program with its code, and with no other', async () => {
    const before = new Gnupg()
    try {
      before.generate('Alice before <alice@rig.test>')
      const code = '1742-0185-6197-1303-7016-8412-3581-4441-0597'
      const header = { From: 'alice@rig.test', To: 'alice@rig.test', 'Message-ID': '<setup@rig.test>' }
      await servers.deliver('alice@rig.test', setupMail(before.setupMessage('alice@rig.test', code), header))
    } finally {
      before.close()
    }
    await alice.json('sync')
    const listed = await alice.json<ListedMessage[]>('list', 'alice@rig.test/INBOX')
    const id = String(listed.find(({ messageId }) => messageId.includes('setup@'))?.id)
    const own = async () => (await alice.json<{ own: object[] }>('keys', 'list')).own.length
    const count = await own()
    const setup = (code: string) => [
      'keys',
      'import-setup',
      id,
      '--code-file',
      alice.file('code', `${code}\n`),
    ]
    const wrong = await alice.failure(...setup('1743-0185-6197-1303-7016-8412-3581-4441-0597'))
    expect(wrong.code).toBe('wrong-passphrase')
    expect(await own()).toBe(count)
    await alice.json(...setup('174201856197130370168412358144410597'))
    expect(await own()).toBe(count + 1)
  })
})

import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { splitMessage } from '../../../electron/engine/formats/mime/parts/split'
import type { Fingerprint } from '../../../shared/features/keys/model'
import type { DraftContent } from '../../../shared/features/writing/model'
import type { DraftProtection } from '../../../shared/features/writing/protection'
import type { CallInput } from '../../../shared/ipc/contract'
import type { AccountId, MailboxId } from '../../../shared/kit/ids'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { openTestEngine, type TestEngine } from '../../support/engine-in-test'
import { Gnupg } from '../../support/gnupg'

/** A new key of that address; answers its public part. */
const keyOf = (gnupg: Gnupg, address: string): Buffer => {
  gnupg.generate(address)
  return gnupg.publicKey(address)
}

describe('encrypted and signed mail through real servers, read by GnuPG', () => {
  let servers: MailServers
  let engine: TestEngine
  let accountId: AccountId
  let own: Fingerprint
  const directory = mkdtempSync('/tmp/sg-writing-')
  const bob = new Gnupg()
  const carol = new Gnupg()

  beforeAll(async () => {
    servers = await startMailServers()
    engine = await openTestEngine(directory)
    const endpoint = (port: number) => ({ host: '127.0.0.1', port, security: 'tls' as const })
    const account = await engine.call('accounts.add', {
      config: {
        address: 'alice@rig.test',
        displayName: 'Alice Archer',
        services: {
          mail: {
            userName: 'alice@rig.test',
            imap: endpoint(servers.imapsPort),
            smtp: endpoint(servers.smtpsPort),
            caPem: readFileSync(servers.caFile, 'utf8'),
          },
        },
      },
      password: 'alice-pw',
    })
    accountId = account.id
    await engine.call('sync.run', { accountId, mailboxId: null })
  })
  afterAll(async () => {
    await engine?.close()
    await servers?.stop()
    bob.close()
    carol.close()
    rmSync(directory, { recursive: true, force: true })
  })

  const person = (address: string) => ({ name: '', address })
  async function write(
    content: Partial<DraftContent>,
    attachment?: { fileName: string; bytes: Uint8Array },
  ): Promise<CallInput<'outbox.send'>> {
    const draft = await engine.call('drafts.create', { mode: 'new', messageId: null, accountId })
    await engine.call('drafts.save', {
      draftId: draft.id,
      content: { ...draft.content, ...content },
      revision: draft.revision,
    })
    if (attachment)
      await engine.call('drafts.addAttachment', { draftId: draft.id, contentType: '', ...attachment })
    return { draftId: draft.id }
  }
  const send = async (...input: Parameters<typeof write>) => {
    const item = await engine.call('outbox.send', await write(...input))
    expect(item).toMatchObject({ state: 'sent' })
    return item
  }
  const filesOf = (name: string, mailbox: string): Buffer[] => {
    const folder = servers.maildir(`${name}@rig.test`, mailbox)
    return ['new', 'cur'].flatMap(each =>
      readdirSync(join(folder, each)).map(file => readFileSync(join(folder, each, file))),
    )
  }
  /** A message as the server has it on disk, once it was delivered. */
  const find = (name: string, messageId: string, mailbox = 'INBOX'): Promise<Buffer> =>
    vi.waitFor(
      () => {
        const found = filesOf(name, mailbox).find(raw => raw.includes(`Message-ID: <${messageId}>`))
        if (!found) throw new Error(`${messageId} is not in ${mailbox} of ${name}`)
        return found
      },
      { timeout: 90_000, interval: 50 },
    )
  const armorIn = (raw: Buffer) => {
    const part = splitMessage(raw).root.children[1]
    return raw.subarray(part?.bodyStart, part?.end)
  }
  const useKey = async (bytes: Uint8Array, address: string) => {
    const report = await engine.call('keys.importPublic', { bytes, address })
    const [key] = report.keys
    if (!key) throw new Error(`no key of ${address} was taken`)
    await engine.call('keys.useKey', { address, fingerprint: key.facts.fingerprint })
  }
  const on: DraftProtection = { encrypt: 'on', sign: 'auto' }
  const mailboxId = async (path: string): Promise<MailboxId> => {
    const found = (await engine.call('mailboxes.list', {})).find(each => each.path === path)
    if (!found) throw new Error(path)
    return found.id
  }

  test('before there is a key, mail goes in clear, and asking for encryption stops', async () => {
    await send({ to: [person('bob@rig.test')], subject: 'Plain', text: 'In clear.\n' })
    const asked = await write({ to: [person('bob@rig.test')], protection: on, text: 'x' })
    await expect(engine.call('outbox.send', asked)).rejects.toMatchObject({
      code: 'encryption-needs-decision',
    })
    await engine.call('drafts.discard', { draftId: asked.draftId })
  })

  test('with keys for everybody it is encrypted by itself; gpg decrypts and verifies it', async () => {
    const key = await engine.call('keys.generate', {
      name: 'Alice Archer',
      address: 'alice@rig.test',
      accountId,
      version: 4,
      expiresAtMs: null,
    })
    own = key.facts.fingerprint
    await engine.call('keys.setSettings', { accountId, change: { key: own, policy: 'automatic' } })
    const { armored } = await engine.call('keys.exportPublic', { fingerprint: own })
    for (const gnupg of [bob, carol]) gnupg.import(armored)
    await useKey(keyOf(bob, 'bob@rig.test'), 'bob@rig.test')
    await useKey(keyOf(carol, 'carol@rig.test'), 'carol@rig.test')

    const item = await send(
      {
        to: [person('bob@rig.test')],
        bcc: [person('carol@rig.test')],
        subject: 'Grüße im Verborgenen',
        text: 'Treffen um acht.\n',
      },
      { fileName: 'Lageplan.txt', bytes: Buffer.from('Hinter dem Haus') },
    )
    const raw = await find('bob', item.messageIdHeader)
    const outside = raw.toString('latin1').replace(/-----BEGIN PGP MESSAGE[\s\S]*END PGP MESSAGE-----/, '')
    expect(outside).toMatch(/^Subject: \[\.\.\.\]\r?$/m)
    expect(outside).toMatch(/^Autocrypt: addr=alice@rig\.test; prefer-encrypt=mutual; keydata=/m)
    for (const secret of ['Verborgenen', 'Treffen', 'Lageplan', 'carol'])
      expect(outside).not.toContain(secret)

    const decrypted = bob.told(['--status-fd', '2', '--decrypt'], armorIn(raw))
    expect(decrypted.stderr).toContain('GOODSIG')
    expect(decrypted.stderr).toContain('DECRYPTION_OKAY')
    const inner = decrypted.stdout.toString('latin1')
    expect(inner).toContain('Treffen um acht.')
    expect(inner).toContain('filename="Lageplan.txt"')
    expect(inner).toMatch(/^HP-Outer: Subject: \[\.\.\.\]\r?$/m)
    expect(inner).not.toContain('carol')
  })

  test('who gets a mail learns no other address of the writer or of who else got it', async () => {
    await engine.call('keys.change', {
      fingerprint: own,
      change: { kind: 'add-user-id', name: '', address: 'alice@private.test' },
    })
    const other = new Gnupg()
    other.generate('dora@rig.test')
    other.run(['--quick-add-uid', 'dora@rig.test', 'dora@private.test'])
    await useKey(other.publicKey('dora@rig.test'), 'dora@rig.test')
    other.close()

    const to = [person('bob@rig.test'), person('dora@rig.test')]
    const item = await send({ to, subject: 'Two', text: 'To both.\n' })
    const raw = await find('bob', item.messageIdHeader)
    const inner = bob.run(['--decrypt'], armorIn(raw)).toString('latin1')
    const userIdsIn = (header: string, name: RegExp) => {
      const field = name.exec(header)?.[1]?.replace(/\s/g, '') ?? ''
      const listed = bob.run(['--show-keys', '--with-colons'], Buffer.from(field, 'base64')).toString()
      return [...listed.matchAll(/^uid:.*$/gm)].map(([line]) => line.split(':')[9])
    }
    // Folded lines only: the name of the field that follows would be read as base64 wherever the key needs no padding,
    // which is so for the one in some forty whose numbers happen to be a byte shorter.
    const keydata = '[^]*? keydata=((?:(?:\\r?\\n)?[ \\t]+[A-Za-z0-9+/=]+)+)'
    expect(
      userIdsIn(raw.toString('latin1'), new RegExp(`^Autocrypt: addr=alice@rig.test;${keydata}`, 'm')),
    ).toEqual(['Alice Archer <alice@rig.test>'])
    expect(userIdsIn(inner, new RegExp(`^Autocrypt-Gossip: addr=dora@rig.test;${keydata}`, 'm'))).toEqual([
      'dora@rig.test',
    ])
    const whole = await engine.call('keys.exportPublic', { fingerprint: own })
    const alone = await engine.call('keys.exportPublic', { fingerprint: own, address: 'alice@rig.test' })
    expect(bob.run(['--show-keys'], whole.armored).toString()).toContain('private.test')
    expect(bob.run(['--show-keys'], alone.armored).toString()).not.toContain('private')
  })

  test('a blind copy is readable for whom it is, and for the others its key has no number', async () => {
    const item = await send({
      to: [person('bob@rig.test')],
      bcc: [person('carol@rig.test')],
      subject: 'Blind',
      text: 'Nobody knows.\n',
    })
    const raw = await find('carol', item.messageIdHeader)
    expect(carol.run(['--decrypt'], armorIn(raw)).toString()).toContain('Nobody knows.')
    const packets = bob.run(
      ['--list-packets', '--list-only'],
      armorIn(await find('bob', item.messageIdHeader)),
    )
    const keyIds = [...packets.toString().matchAll(/^:pubkey enc packet:.*keyid ([0-9A-F]{16})/gm)].map(
      match => match[1],
    )
    expect(keyIds).toHaveLength(3)
    expect(keyIds.filter(id => id === '0'.repeat(16))).toHaveLength(1)
  })

  test('a signature alone is right over the exact bytes that came through Exim', async () => {
    const item = await send({
      to: [person('bob@rig.test')],
      subject: 'Unterschrieben',
      text: 'From here on\n.\nwhite space \n-- \nGrüße\n',
      protection: { encrypt: 'off', sign: 'on' },
    })
    const raw = await find('bob', item.messageIdHeader)
    // Dovecot keeps what LMTP brought with LF; a signature is over CRLF (RFC 3156 §5).
    const wire = Buffer.from(raw.toString('latin1').replace(/\r?\n/g, '\r\n'), 'latin1')
    const [signed, signature] = splitMessage(wire).root.children
    const folder = mkdtempSync('/tmp/sg-signed-')
    writeFileSync(join(folder, 'signed'), wire.subarray(signed?.start, signed?.end))
    writeFileSync(join(folder, 'signature'), wire.subarray(signature?.bodyStart, signature?.end))
    const verified = bob.told([
      '--status-fd',
      '2',
      '--verify',
      join(folder, 'signature'),
      join(folder, 'signed'),
    ])
    expect(verified.stderr).toContain('GOODSIG')
    rmSync(folder, { recursive: true })
  })

  test('what was sent can be read in Sent, with its subject and its blind copies, but not by the server', async () => {
    const item = await send({
      to: [person('bob@rig.test')],
      bcc: [person('carol@rig.test')],
      subject: 'Kept for me',
      text: 'My own copy.\n',
    })
    await engine.call('sync.run', { accountId, mailboxId: null })
    const onServer = (await find('alice', item.messageIdHeader, 'Sent')).toString('latin1')
    for (const secret of ['Kept for me', 'My own copy', 'carol']) expect(onServer).not.toContain(secret)
    const ids = await engine.call('messages.index', {
      mailboxId: await mailboxId('Sent'),
      role: null,
      unreadOnly: false,
      flaggedOnly: false,
    })
    const [summary] = (await engine.call('messages.summaries', { ids: ids.ids })).filter(
      each => each.messageIdHeader === item.messageIdHeader,
    )
    expect(summary?.subject).toBe('Kept for me')
    const shown = await engine.call('messages.get', { messageId: summary?.id as never })
    expect(shown.text).toContain('My own copy.')
    expect(shown.text).not.toContain('Subject:')
    expect(shown.bcc.map(({ address }) => address)).toEqual(['carol@rig.test'])
    expect(shown.security).toMatchObject({
      encryption: 'encrypted',
      signature: 'good',
      headerProtection: 'encrypted',
    })
  })

  test('an uploaded draft says nothing on the server, and is written on from there with its choice', async () => {
    const { draftId } = await write({
      to: [person('bob@rig.test')],
      bcc: [person('carol@rig.test')],
      subject: 'Half a thought',
      text: 'Not finished.\n',
      protection: { encrypt: 'on', sign: 'off' },
    })
    await engine.call('sync.run', { accountId, mailboxId: null })
    const onServer = filesOf('alice', 'Drafts')[0]?.toString('latin1') ?? ''
    expect(onServer).toContain('BEGIN PGP MESSAGE')
    for (const secret of ['Half a thought', 'Not finished', 'bob@', 'carol@'])
      expect(onServer).not.toContain(secret)
    const ids = await engine.call('messages.index', {
      mailboxId: await mailboxId('Drafts'),
      role: null,
      unreadOnly: false,
      flaggedOnly: false,
    })
    const [summary] = await engine.call('messages.summaries', { ids: ids.ids })
    expect(summary?.subject).toBe('Half a thought')

    // As on another machine: the draft is known here no more, its message on the server is.
    const { content } = await engine.call('drafts.get', { draftId })
    await servers.deliver(
      'alice@rig.test',
      Buffer.from(onServer.replace(/^Message-ID: <./m, 'Message-ID: <f'), 'latin1'),
      {
        mailbox: 'Drafts',
      },
    )
    await engine.call('drafts.discard', { draftId })
    await engine.call('sync.run', { accountId, mailboxId: null })
    const left = await engine.call('messages.index', {
      mailboxId: await mailboxId('Drafts'),
      role: null,
      unreadOnly: false,
      flaggedOnly: false,
    })
    const again = await engine.call('drafts.create', {
      mode: 'edit',
      messageId: left.ids[0] as never,
      accountId,
    })
    expect({ ...again.content, text: again.content.text.trim() }).toEqual({
      ...content,
      text: content.text.trim(),
    })
  })

  test('an answer to what came encrypted is encrypted, and in clear only when chosen, without the hidden subject', async () => {
    const inner = [
      'From: bob@rig.test',
      'To: alice@rig.test',
      'Subject: The hidden matter',
      'Message-ID: <hidden@rig.test>',
      'HP-Outer: Subject: [...]',
      'Content-Type: text/plain; charset=utf-8; hp="cipher"',
      '',
      'Between us.',
      '',
    ].join('\r\n')
    const { armored } = await engine.call('keys.exportPublic', { fingerprint: own })
    bob.import(armored)
    const encrypted = bob.run(
      ['--armor', '--trust-model', 'always', '-r', own, '--sign', '--encrypt'],
      Buffer.from(inner),
    )
    const raw = [
      'From: bob@rig.test',
      'To: alice@rig.test',
      'Subject: [...]',
      'Date: Mon, 23 Nov 2026 10:00:00 +0000',
      'Message-ID: <hidden@rig.test>',
      'MIME-Version: 1.0',
      'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary="b"',
      '',
      '--b',
      'Content-Type: application/pgp-encrypted',
      '',
      'Version: 1',
      '',
      '--b',
      'Content-Type: application/octet-stream',
      '',
      encrypted.toString().replace(/\r?\n/g, '\r\n'),
      '--b--',
      '',
    ].join('\r\n')
    await servers.deliver('alice@rig.test', raw)
    await engine.call('sync.run', { accountId, mailboxId: null })
    const ids = await engine.call('messages.index', {
      mailboxId: await mailboxId('INBOX'),
      role: null,
      unreadOnly: false,
      flaggedOnly: false,
    })
    const summaries = await engine.call('messages.summaries', { ids: ids.ids })
    const original = summaries.find(each => each.messageIdHeader === 'hidden@rig.test')
    const answer = () =>
      engine.call('drafts.create', { mode: 'reply', messageId: original?.id as never, accountId })
    const draft = await answer()
    expect(draft.content.subject).toBe('Re: The hidden matter')
    expect(await engine.call('keys.plan', { draftId: draft.id })).toMatchObject({
      encrypts: 'yes',
      reason: 'reply-to-encrypted',
    })
    const sent = await engine.call('outbox.send', { draftId: draft.id })
    expect((await find('bob', sent.messageIdHeader)).toString()).toMatch(/^Subject: \[\.\.\.\]\r?$/m)

    const clear = await answer()
    await engine.call('drafts.save', {
      draftId: clear.id,
      content: { ...clear.content, text: 'In clear then.', protection: { encrypt: 'off', sign: 'off' } },
      revision: clear.revision,
    })
    const inClear = await engine.call('outbox.send', { draftId: clear.id })
    const seen = (await find('bob', inClear.messageIdHeader)).toString()
    expect(seen).toMatch(/^Subject: Re: \[\.\.\.\]\r?$/m)
    expect(seen).not.toContain('hidden matter')
  })

  test('the page for people without a key goes out sealed, and its copy is encrypted to the writer', async () => {
    const input = await write({
      to: [person('bob@rig.test')],
      subject: 'Sealed page',
      text: 'Behind a passphrase.',
    })
    const weak = engine.call('outbox.send', { ...input, passphrase: 'short' })
    await expect(weak).rejects.toMatchObject({ code: 'weak-passphrase' })
    const item = await engine.call('outbox.send', { ...input, passphrase: 'twelve good characters' })
    const seen = (await find('bob', item.messageIdHeader)).toString()
    expect(seen).toMatch(/filename="message-nachricht\.html"/)
    for (const secret of ['Sealed page', 'Behind a passphrase', 'twelve good'])
      expect(seen).not.toContain(secret)
    await engine.call('sync.run', { accountId, mailboxId: null })
    expect((await find('alice', item.messageIdHeader, 'Sent')).toString()).toContain('BEGIN PGP MESSAGE')
  })
})

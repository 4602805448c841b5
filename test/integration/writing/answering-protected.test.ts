import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Draft, DraftContent } from '../../../shared/features/writing/model'
import type { CallInput } from '../../../shared/ipc/contract'
import type { AccountId, MessageId } from '../../../shared/kit/ids'
import {
  defaultHeader,
  encryptedMime,
  type HeaderOf,
  signedMime,
  textPart,
} from '../../support/protected-mail'
import { ReadingProfile } from '../../support/reading-profile'

const anna = 'anna@example.org'
const mallory = 'mallory@evil.example'

describe('an answer to an encrypted message goes nowhere that its protection does not name', () => {
  let bert: ReadingProfile
  let accountId: AccountId
  beforeAll(async () => {
    bert = await ReadingProfile.open()
    for (const name of [
      'Anna <anna@example.org>',
      'Mallory <mallory@evil.example>',
      'Carl <carl@example.org>',
    ]) {
      bert.gpg.generate(name)
      const address = /<(.*)>/.exec(name)?.[1] ?? ''
      await bert.meet(bert.gpg.publicKey(address))
    }
    const place = { host: '127.0.0.1', port: 1, security: 'tls' } as const
    const account = await bert.engine.call('accounts.add', {
      config: {
        address: 'bert@example.org',
        displayName: '',
        services: { mail: { userName: 'bert@example.org', imap: place, smtp: place, caPem: null } },
      },
      password: 'x',
    })
    accountId = account.id
    await bert.engine.call('keys.setSettings', { accountId, change: { key: bert.own } })
    await bert.engine.call('settings.set', { lookups: false })
  })
  afterAll(() => bert.close())

  let count = 0
  const header = (change: HeaderOf = {}): HeaderOf => {
    count += 1
    return { ...defaultHeader, 'Message-ID': `<a${count}@example.org>`, ...change }
  }
  const sealed = (signer: string | null, inside: HeaderOf = {}, text = `The secret ${count}`) =>
    bert.gpg.encrypted(textPart(text, inside), ['bert@example.org'], signer === null ? {} : { signer })
  const protectedHeader = (fields: HeaderOf): HeaderOf => ({
    'Content-Type': 'text/plain; charset=utf-8; hp="cipher"',
    From: 'Anna <anna@example.org>',
    Subject: 'Plan',
    ...fields,
  })

  type Mode = CallInput<'drafts.create'>['mode']
  const answer = async (message: string, mode: Mode = 'reply'): Promise<Draft> => {
    const messageId: MessageId = await bert.file(message)
    await bert.engine.call('messages.get', { messageId })
    return bert.engine.call('drafts.create', { mode, messageId, accountId })
  }
  const save = (draft: Draft, change: Partial<DraftContent>) =>
    bert.engine.call('drafts.save', {
      draftId: draft.id,
      content: { ...draft.content, ...change },
      revision: draft.revision,
    })
  const doubted = async (draft: Draft) =>
    (await bert.engine.call('keys.plan', { draftId: draft.id })).undecided
  const sending = (draft: Draft, passphrase: string | null = null) =>
    bert.engine.call('outbox.send', { draftId: draft.id, passphrase }).then(
      ({ state }) => state,
      (error: { code: string }) => error.code,
    )
  const namesOf = (list: readonly { address: string }[] | undefined) => list?.map(({ address }) => address)

  test('an unprotected Reply-To of a signed, encrypted mail needs a decision, whatever it looks like', async () => {
    for (const [name, outer] of Object.entries<HeaderOf>({
      'another domain': { 'Reply-To': mallory },
      'the same domain': { 'Reply-To': 'mallory@example.org' },
      'a forged list': { 'Reply-To': mallory, 'List-Id': '<talk.example.org>' },
      'a forged list to post to': {
        'Reply-To': 'anna@example.org, mallory@evil.example',
        'List-Post': '<mailto:talk@example.org>',
      },
      'a field for answers': { 'Mail-Reply-To': mallory },
      'a name that is another': { 'Reply-To': '"anna@example.org" <mallory@evil.example>' },
    })) {
      const draft = await answer(encryptedMime(sealed(anna), header(outer)))
      expect(draft.content.text, name).toContain('> The secret')
      const [stranger = ''] = (namesOf(draft.content.to) ?? []).filter(each => each !== anna)
      expect(await doubted(draft), name).toEqual([stranger])
      expect(namesOf(draft.unprotected?.instead), name).toEqual([anna])
      for (const encrypt of ['auto', 'on', 'off'] as const) {
        const now = await bert.engine.call('drafts.get', { draftId: draft.id })
        expect(await sending(await save(now, { protection: { encrypt, sign: 'auto' } })), name).toBe(
          'unprotected-address',
        )
      }
      expect(await sending(draft, 'correct horse battery staple 77'), name).toBe('unprotected-address')
      expect(await bert.engine.call('outbox.list', {})).toEqual([])
    }
  })

  test('the writer agrees to it, or leaves it out', async () => {
    const draft = await answer(encryptedMime(sealed(anna), header({ 'Reply-To': mallory })))
    const left = await save(draft, { to: [...(draft.unprotected?.instead ?? [])] })
    expect([await doubted(left), namesOf(left.content.to)]).toEqual([[], [anna]])
    // A word about somebody else is none about this one.
    const other = await save(left, { to: draft.content.to, agreedTo: [anna] })
    expect(await doubted(other)).toEqual([mallory])
    const agreed = await save(other, { agreedTo: ['MALLORY@evil.example'] })
    expect(await doubted(agreed)).toEqual([])
    const { text } = await bert.engine.call('drafts.preview', { draftId: agreed.id })
    expect(text).toContain('-----BEGIN PGP MESSAGE-----')
  })

  test('in an answer to all everybody who is named outside alone is asked about', async () => {
    const outer = { To: 'bert@example.org, carl@example.org', Cc: `Dora <dora@example.org>, ${mallory}` }
    const draft = await answer(encryptedMime(sealed(anna), header(outer)), 'reply-all')
    expect(namesOf(draft.content.to)).toEqual([anna])
    expect(await doubted(draft)).toEqual(['carl@example.org', 'dora@example.org', mallory])
    expect(namesOf(draft.unprotected?.instead)).toEqual([anna])
  })

  test('who is named inside is not asked about: Reply-To, To and Cc, in any spelling', async () => {
    const inside = protectedHeader({
      'Reply-To': 'carl@example.org',
      To: 'BERT@example.org',
      Cc: 'Dora@example.org',
    })
    const outer = { 'Reply-To': 'CARL@Example.org', Cc: 'dora@EXAMPLE.org' }
    for (const signer of [anna, null]) {
      const draft = await answer(encryptedMime(sealed(signer, inside), header(outer)), 'reply-all')
      expect([draft.unprotected, await doubted(draft)]).toEqual([null, []])
      expect(namesOf([...draft.content.to, ...draft.content.cc])).toEqual([
        'carl@example.org',
        anna,
        'Dora@example.org',
      ])
    }
  })

  test('without a good signature and without a name inside nobody is vouched for, not even the sender', async () => {
    const draft = await answer(
      encryptedMime(sealed(null), header({ From: 'Mallory <mallory@evil.example>' })),
    )
    expect(await doubted(draft)).toEqual([mallory])
    expect(draft.unprotected?.instead).toEqual([])
  })

  test('a signature over the ciphertext vouches for nobody: whoever made it need not know what it says', async () => {
    const captured = encryptedMime(sealed(anna), {})
    const wrapped = signedMime(
      captured,
      bert.gpg.detached(captured, mallory),
      header({ From: 'Mallory <mallory@evil.example>' }),
    )
    const draft = await answer(wrapped)
    if (draft.content.text.includes('The secret')) expect(await doubted(draft)).toEqual([mallory])
  })

  test('a captured ciphertext in a message of somebody else', async () => {
    const draft = await answer(
      encryptedMime(sealed(anna), header({ From: 'Mallory <mallory@evil.example>', 'Reply-To': anna })),
    )
    expect(namesOf(draft.content.to)).toEqual([anna])
    expect(await doubted(draft)).toEqual([anna])
  })

  test('ordinary mail is never asked about: in clear, signed, encrypted and answered to its signer', async () => {
    const part = textPart('Hello')
    const letters: readonly string[] = [
      textPart('Hello', header({ 'Reply-To': mallory, Cc: 'dora@example.org' })),
      signedMime(part, bert.gpg.detached(part, anna), header({ 'Reply-To': mallory })),
      encryptedMime(sealed(anna), header()),
      encryptedMime(sealed(anna, protectedHeader({ To: 'bert@example.org' })), header()),
      // The reader’s own other spellings are not strangers.
      encryptedMime(sealed(anna), header({ To: 'BERT@example.org, bert+x@example.org' })),
    ]
    for (const letter of letters)
      for (const mode of ['reply', 'reply-all'] as const) {
        const id = await bert.file(letter.replace(/<a(\d+)@/, `<${mode}$1@`))
        const draft = await bert.engine.call('drafts.create', { mode, messageId: id, accountId })
        expect([draft.unprotected, await doubted(draft)]).toEqual([null, []])
      }
  })

  test('the quote takes sender, date and subject from inside', async () => {
    const inside = protectedHeader({
      From: 'Anna inside <anna@example.org>',
      Date: 'Tue, 03 Nov 2026 08:30:00 +0000',
      Subject: 'The real plan',
    })
    const outer = { From: 'Anna outside <anna@example.org>', Date: 'Mon, 23 Nov 2026 10:00:00 +0000' }
    const { content } = await answer(encryptedMime(sealed(anna, inside), header(outer)))
    expect(content.subject).toBe('Re: The real plan')
    expect(content.text).toContain('Anna inside (2026-11-03 08:30 UTC):')
    const forward = await answer(encryptedMime(sealed(anna, inside), header(outer)), 'forward')
    expect(forward.content.text).toContain('Date: 2026-11-03 08:30 UTC\nSubject: The real plan')
    expect(forward.unprotected).toBeNull()
  })
})

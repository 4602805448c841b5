import { describe, expect, test } from 'vitest'
import {
  type AddressedTo,
  whoCanRead,
} from '../../../../../../../../electron/engine/features/writing/app/send/who-can-read'

const own = { address: 'me@mailbox.example', provider: 'mailbox.example' }
const to = (address: string, change: Partial<AddressedTo> = {}): AddressedTo => {
  const domain = address.slice(address.indexOf('@') + 1)
  return { address, domain, provider: domain, level: 'dane', protection: 'none', isBlind: false, ...change }
}
const explain = (recipients: readonly AddressedTo[], hidesSubject = false) => {
  const { readers, metadata, onTheWay } = whoCanRead({ own, recipients, hidesSubject })
  return {
    onTheWay,
    readers: readers.map(({ who, names, reads, isSure }) => [
      who,
      names.join(' '),
      reads + (isSure ? '' : '?'),
    ]),
    shown: metadata.filter(({ isHidden }) => !isHidden).map(({ item }) => item),
  }
}

describe('an ordinary message', () => {
  test('is read by both providers, and by nobody between them where the way is proved', () => {
    expect(explain([to('a@gmail.example')])).toEqual({
      onTheWay: 'dane',
      readers: [
        ['you', 'me@mailbox.example', 'everything'],
        ['own-provider', 'mailbox.example', 'everything'],
        ['network', 'gmail.example', 'nothing?'],
        ['provider', 'gmail.example', 'everything'],
        ['recipients', 'a@gmail.example', 'everything'],
      ],
      shown: ['addresses', 'subject', 'time', 'size'],
    })
  })

  test('of an account on this machine only has no provider of its own', () => {
    const local = { address: 'sample', provider: null }
    const { readers } = whoCanRead({ own: local, recipients: [to('a@gmail.example')], hidesSubject: false })
    expect(readers.map(({ who, names }) => [who, ...names])).toEqual([
      ['you', 'sample'],
      ['network', 'gmail.example'],
      ['provider', 'gmail.example'],
      ['recipients', 'a@gmail.example'],
    ])
  })

  test('may be read on a way that nobody promises to protect, and the weakest way is what is told', () => {
    const { onTheWay, readers } = explain([
      to('a@good.example'),
      to('b@open.example', { level: 'unknown' }),
      to('c@sts.example', { level: 'enforced' }),
    ])
    expect(onTheWay).toBe('unknown')
    expect(readers.filter(([who]) => who === 'network')).toEqual([
      ['network', 'open.example', 'everything?'],
      ['network', 'sts.example', 'nothing?'],
      ['network', 'good.example', 'nothing?'],
    ])
  })

  test('names the provider behind a domain of its own, once', () => {
    const { readers } = explain([
      to('a@one.example', { provider: 'big.example' }),
      to('b@two.example', { provider: 'big.example' }),
    ])
    expect(readers.filter(([who]) => who === 'provider')).toEqual([['provider', 'big.example', 'everything']])
  })

  test('providers that get to read the same stand together', () => {
    const { readers } = explain([to('a@x.example'), to('b@y.example')])
    expect(readers).toContainEqual(['provider', 'x.example y.example', 'everything'])
  })

  test('does not travel when both have the same provider', () => {
    const { onTheWay, readers } = explain([to('a@friend.example', { provider: 'mailbox.example' })])
    expect(onTheWay).toBe('inside')
    expect(readers.map(([who]) => who)).toEqual(['you', 'own-provider', 'recipients'])
  })

  test('blind recipients are told to the providers', () => {
    expect(explain([to('a@x.example', { isBlind: true })]).shown).toContain('blind')
  })
})

describe('an encrypted message', () => {
  const sealed = { protection: 'encrypted' } as const

  test('shows providers and network only what stands outside', () => {
    const { readers, shown } = explain([to('a@x.example', { ...sealed, level: 'unknown' })])
    expect(readers).toEqual([
      ['you', 'me@mailbox.example', 'everything'],
      ['own-provider', 'mailbox.example', 'outside'],
      ['network', 'x.example', 'outside?'],
      ['provider', 'x.example', 'outside'],
      ['recipients', 'a@x.example', 'everything'],
    ])
    expect(shown).toEqual(['addresses', 'subject', 'time', 'size'])
  })

  test('can hide its subject', () => {
    expect(explain([to('a@x.example', sealed)], true).shown).toEqual(['addresses', 'time', 'size'])
  })

  test('is open to the own provider as soon as one recipient gets it unencrypted', () => {
    const { readers, shown } = explain([to('a@x.example', sealed), to('b@y.example')], true)
    expect(readers).toContainEqual(['own-provider', 'mailbox.example', 'everything'])
    expect(readers).toContainEqual(['provider', 'x.example', 'outside'])
    expect(readers).toContainEqual(['provider', 'y.example', 'everything'])
    expect(shown).toContain('subject')
  })
})

test('nobody addressed, nothing to say', () => {
  expect(explain([])).toEqual({ onTheWay: null, readers: [], shown: [] })
})

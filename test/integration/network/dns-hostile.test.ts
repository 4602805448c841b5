import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type DnsMessage,
  type DnsRecord,
  decodeMessage,
  encodeQuery,
} from '../../../electron/engine/net/dns/message'
import { recordType } from '../../../electron/engine/net/dns/record-types'
import { createTcpChannel, type DnsChannel } from '../../../electron/engine/net/dns/tcp-channel'
import { type Ask, lookUp } from '../../../electron/engine/net/dns/validator'
import { type DnsTree, startDnsTree } from '../../rig/dns-tree'

let tree: DnsTree
let channel: DnsChannel
beforeAll(async () => {
  tree = await startDnsTree()
  channel = createTcpChannel(
    () =>
      new Promise(resolve => {
        const socket = connect(tree.knotPort, '127.0.0.1', () => resolve(socket))
      }),
  )
})
afterAll(async () => {
  channel.close()
  await tree?.stop()
})

let id = 0
const ask: Ask = async (name, type) =>
  decodeMessage(await channel.exchange(encodeQuery(++id, name, type), 5000))

type Tamper = (message: DnsMessage, name: string, type: number) => DnsMessage | Promise<DnsMessage>

/** Looks up through someone in the middle who may change every answer. */
const through = (tamper: Tamper, name: string, type: number) =>
  lookUp(
    {
      ask: async (each, eachType) => tamper(await ask(each, eachType), each, eachType),
      anchors: [tree.anchor],
      nowMs: Date.now(),
    },
    name,
    type,
  )

/** Only the answer to this question is changed. */
const onlyFor =
  (name: string, type: number, change: (message: DnsMessage) => DnsMessage | Promise<DnsMessage>): Tamper =>
  (message, askedName, askedType) =>
    askedName === name && askedType === type ? change(message) : message

const { A, TXT, TLSA, DS, DNSKEY, MX, RRSIG, SRV, CNAME } = recordType
const renamed = (records: readonly DnsRecord[], from: string, to: string) =>
  records.map(record => (record.name === from ? { ...record, name: to } : record))
const isSignature = (record: DnsRecord) => record.type === RRSIG

describe('someone in the middle', () => {
  test('is not there: the answers used here are good', async () => {
    for (const [name, type] of [
      ['mail.good.test.', A],
      ['_25._tcp.mail.nsec3.test.', TLSA],
    ] as const)
      expect((await through(message => message, name, type)).status).toBe('secure')
  })

  test('cannot change an address under a true signature', async () => {
    const found = await through(
      onlyFor('mail.good.test.', A, message => ({
        ...message,
        answers: message.answers.map(record =>
          record.type === A ? { ...record, rdata: Buffer.from([192, 0, 2, 1]) } : record,
        ),
      })),
      'mail.good.test.',
      A,
    )
    expect(found).toMatchObject({ status: 'bogus', records: [] })
  })

  test('cannot add a record to a set', async () => {
    const found = await through(
      onlyFor('good.test.', MX, message => ({
        ...message,
        answers: [
          ...message.answers,
          {
            name: 'good.test.',
            type: MX,
            ttlSeconds: 60,
            rdata: Buffer.from('\0\x01\x04evil\x04test\0', 'latin1'),
          },
        ],
      })),
      'good.test.',
      MX,
    )
    expect(found.status).toBe('bogus')
  })

  test.each(['good.test', 'nsec3.test'])('cannot hide the TLSA record of %s', async domain => {
    const name = `_25._tcp.mail.${domain}.`
    const answers: [string, (message: DnsMessage) => DnsMessage | Promise<DnsMessage>][] = [
      ['with nothing', message => ({ ...message, answers: [], authorities: [] })],
      ['with no such name', message => ({ ...message, rcode: 3, answers: [], authorities: [] })],
      ['with the proof for another name', () => ask(`absent.${domain}.`, TLSA)],
      ['with the proof for another type', () => ask(`mail.${domain}.`, TLSA)],
      ['with the proof of its parent', () => ask('absent.test.', TLSA)],
      ['with the proof for an unsigned neighbour', () => ask('insecure.test.', DS)],
      [
        'without its signature',
        message => ({ ...message, answers: message.answers.filter(each => !isSignature(each)) }),
      ],
    ]
    for (const [how, change] of answers)
      expect((await through(onlyFor(name, TLSA, change), name, TLSA)).status, how).toBe('bogus')
  })

  test.each([
    ['_mta-sts.sts-signed.test.', TXT],
    ['sts-signed.test.', MX],
    ['mail.sts-signed.test.', A],
    ['_imaps._tcp.sts-signed.test.', SRV],
    ['_25._tcp.mail.sts-signed.test.', TLSA],
    ['good.test.', TXT],
    ['good.test.', MX],
    ['mail.good.test.', A],
    ['_imaps._tcp.services.test.', SRV],
  ])('cannot hide, replace or bend %s %i', async (name, type) => {
    const zone = name.endsWith('good.test.') ? 'good.test.' : name.split('.').slice(-3).join('.')
    const alias = (target: string) => (message: DnsMessage) => ({
      ...message,
      authorities: [],
      answers: [{ name, type: CNAME, ttlSeconds: 60, rdata: Buffer.from(target, 'latin1') }],
    })
    const withoutSignatures = (records: readonly DnsRecord[]) => records.filter(each => !isSignature(each))
    const ways: [string, (message: DnsMessage) => DnsMessage | Promise<DnsMessage>][] = [
      ['nothing at all', message => ({ ...message, answers: [], authorities: [] })],
      ['no such name', message => ({ ...message, rcode: 3, answers: [], authorities: [] })],
      ['only the signature', message => ({ ...message, answers: message.answers.filter(isSignature) })],
      ['only the records', message => ({ ...message, answers: withoutSignatures(message.answers) })],
      ['the denial of another name', () => ask(`absent.${zone}`, type)],
      [
        'that denial without signatures',
        async () => {
          const { authorities, ...rest } = await ask(`absent.${zone}`, type)
          return { ...rest, authorities: withoutSignatures(authorities) }
        },
      ],
      ['the denial of the parent', () => ask('absent.test.', type)],
      ['the denial of a neighbour', () => ask('absent.nsec3.test.', type)],
      ['an alias to an unsigned domain', alias('\x04mail\x08insecure\x04test\0')],
      ['an alias to a signed one', alias('\x04mail\x05nsec3\x04test\0')],
      [
        'a wildcard',
        async () => {
          const message = await ask('any.wild.good.test.', TXT)
          return { ...message, answers: renamed(message.answers, 'any.wild.good.test.', name) }
        },
      ],
      [
        'the records of a neighbour',
        async message => {
          const other = await ask('mail.nsec3.test.', A)
          return { ...message, answers: renamed(other.answers, 'mail.nsec3.test.', name) }
        },
      ],
    ]
    expect((await through(message => message, name, type)).status).toBe('secure')
    for (const [how, change] of ways) {
      const found = await through(onlyFor(name, type, change), name, type)
      expect([found.status, found.records], how).toEqual(['bogus', []])
    }
  })

  test('cannot pass a signed domain off as unsigned', async () => {
    const name = '_25._tcp.mail.good.test.'
    const unsigned: Tamper = async (message, asked, type) => {
      if (asked === 'good.test.' && type === DS) return ask('insecure.test.', DS)
      return asked.endsWith('good.test.') ? { ...message, answers: [], authorities: [] } : message
    }
    expect((await through(unsigned, name, TLSA)).status).toBe('bogus')
    const withChildsWord: Tamper = async (message, asked, type) => {
      // The child proves that it has no DS at its own apex; only the parent may say so.
      if (asked === 'good.test.' && type === DS) {
        const { authorities } = await ask('good.test.', TLSA)
        return { ...message, answers: [], authorities }
      }
      return message
    }
    expect((await through(withChildsWord, name, TLSA)).status).toBe('bogus')
  })

  test('cannot answer with a wildcard where something closer exists', async () => {
    for (const domain of ['good.test', 'nsec3.test']) {
      const wild = `any.wild.${domain}.`
      const taken = domain === 'good.test' ? `closer.wild.${domain}.` : `mail.${domain}.`
      const replay = async () => {
        const message = await ask(wild, TXT)
        return { ...message, answers: renamed(message.answers, wild, taken) }
      }
      const found = await through(onlyFor(taken, TXT, replay), taken, TXT)
      expect(found.status, domain).toBe('bogus')
      const bare = async () => ({ ...(await ask(wild, TXT)), authorities: [] })
      expect((await through(onlyFor(wild, TXT, bare), wild, TXT)).status, 'without the proof').toBe('bogus')
    }
  })

  test('cannot put keys of its own in place', async () => {
    const found = await through(
      onlyFor('good.test.', DNSKEY, async () => {
        const { answers, ...rest } = await ask('nsec3.test.', DNSKEY)
        return { ...rest, answers: renamed(answers, 'nsec3.test.', 'good.test.') }
      }),
      'mail.good.test.',
      A,
    )
    expect(found.status).toBe('bogus')
  })

  test('who takes every signature away is told from one who forges', async () => {
    const strip = (records: readonly DnsRecord[]) => records.filter(record => !isSignature(record))
    const found = await through(
      message => ({ ...message, answers: strip(message.answers), authorities: strip(message.authorities) }),
      'mail.good.test.',
      A,
    )
    expect(found).toMatchObject({ status: 'indeterminate', evidence: ['the resolver gives no signatures'] })
  })

  test('cannot keep us busy: aliases in a circle, and a name of a hundred labels', async () => {
    const circle = (target: string) => async (message: DnsMessage) => ({
      ...message,
      answers: [
        {
          name: 'mail.insecure.test.',
          type: recordType.CNAME,
          ttlSeconds: 60,
          rdata: Buffer.from(target, 'latin1'),
        },
      ],
    })
    const found = await through(
      onlyFor('mail.insecure.test.', A, circle('\x04mail\x08insecure\x04test\0')),
      'mail.insecure.test.',
      A,
    )
    expect(found).toMatchObject({ status: 'indeterminate' })
    expect(found.evidence.at(-1)).toMatch(/too many aliases/)
    const deep = `${'a.'.repeat(100)}opt-out.test.`
    let questions = 0
    const counted = await through(
      message => {
        questions += 1
        return { ...message, answers: [], authorities: [] }
      },
      deep,
      A,
    )
    expect(counted.status).not.toBe('secure')
    expect(questions).toBeLessThan(100)
  })
})

import { describe, expect, it } from 'vitest'
import { targetsFor } from '../../../../../electron/engine/xmpp/targets'
import type { AccountId } from '../../../../../shared/kit/ids'
import { SiegelError } from '../../../../../shared/kit/result'

const accountId = '0123456789abcdef0123456789abcdef' as AccountId
const random = { bytes: () => new Uint8Array(), fraction: () => 0.5 }
type Found = { host: string; port: number; priority: number; weight: number; isProved?: true }

/** Answers by the first word of the name; `null`: nobody answered. */
function look(
  records: Readonly<Record<string, readonly Found[] | null>>,
  service: Parameters<typeof targetsFor>[1] = { userName: 'alice@example.org' },
  lastGood: Parameters<typeof targetsFor>[2]['lastGood'] = null,
) {
  const asked: string[] = []
  const gate = {
    resolveSrv: async (name: string) => {
      asked.push(name)
      const found = records[name.split('.')[0] ?? '']
      if (found === null) throw new SiegelError('name-unresolved', { host: name })
      return found ?? []
    },
  }
  return { asked, found: targetsFor({ gate, random }, service, { accountId, way: {}, lastGood }) }
}
const at = (host: string, priority = 0, weight = 0): Found => ({ host, port: 5000, priority, weight })

describe('where a chat is', () => {
  it('is one list of both kinds, by priority, with TLS from the first byte on first', async () => {
    const { found, asked } = look({
      '_xmpps-client': [at('late', 20), at('direct', 10)],
      '_xmpp-client': [at('upgraded', 10), at('first', 5)],
    })
    expect((await found).map(({ host, security }) => [host, security])).toEqual([
      ['first', 'starttls'],
      ['direct', 'tls'],
      ['upgraded', 'starttls'],
      ['late', 'tls'],
    ])
    expect(asked.sort()).toEqual(['_xmpp-client._tcp.example.org', '_xmpps-client._tcp.example.org'])
  })
  it('is the domain itself where it says nothing', async () => {
    expect(await look({}).found).toEqual([
      { host: 'example.org', port: 5222, security: 'starttls', by: 'domain' },
    ])
  })
  it.each([[''], ['.']])(
    'is nowhere where the domain says so (%j), and the domain is not asked instead',
    async none => {
      await expect(look({ '_xmpp-client': [at(none)] }).found).rejects.toMatchObject({ code: 'unsupported' })
      const half = await look({ '_xmpps-client': [at(none)], '_xmpp-client': [at('here')] }).found
      expect(half.map(({ host }) => host)).toEqual(['here'])
    },
  )
  it('is where it was last when nobody answers, and nowhere else', async () => {
    const silent = { '_xmpps-client': null, '_xmpp-client': null }
    await expect(look(silent).found).rejects.toMatchObject({ code: 'name-unresolved' })
    const lastGood = { host: 'before', port: 1, security: 'tls', by: 'proved' } as const
    expect(await look(silent, undefined, lastGood).found).toEqual([lastGood])
    const half = await look({ '_xmpps-client': null, '_xmpp-client': [at('here')] }).found
    expect(half.map(({ host }) => host)).toEqual(['here'])
  })
  it('is where the person said, and nobody is asked', async () => {
    const server = { host: 'mine', port: 7, security: 'tls' } as const
    const { found, asked } = look({}, { userName: 'alice@example.org', server })
    expect(await found).toEqual([{ ...server, by: 'person' }])
    expect(asked).toEqual([])
  })
  it.each([`a@${'a'.repeat(56)}.onion`, 'a@192.0.2.1'])('of %s is asked of nobody', async userName => {
    const { found, asked } = look({ '_xmpps-client': [at('elsewhere')] }, { userName })
    expect((await found).map(({ by }) => by)).toEqual(['domain'])
    expect(asked).toEqual([])
  })
  it('says which answers are proved, and tries a handful at most', async () => {
    const many = Array.from({ length: 15 }, (_, index) => at(`h${index}`, index))
    expect(await look({ '_xmpps-client': many }).found).toHaveLength(6)
    const proved = await look({ '_xmpps-client': [{ ...at('a'), isProved: true }, at('b', 1)] }).found
    expect(proved.map(({ by }) => by)).toEqual(['proved', 'unproved'])
  })
})

import { expect, test } from 'vitest'
import type { CallEngine } from '../../../../../electron/ipc/answer-call'
import { type LowerLevelQuestion, transportHandlers } from '../../../../../electron/ipc/handlers/transport'
import {
  dnsServersQuestion,
  lowerLevelQuestion,
} from '../../../../../electron/windows/dialogs/transport-dialog'
import { wordsFor } from '../../../../../electron/windows/dialogs/words'

function world(level: object, says: boolean) {
  const asked: LowerLevelQuestion[] = []
  const done: unknown[] = []
  const callEngine = (async (name: string, input: unknown) => {
    if (name === 'transport.accept') done.push(input)
    return { ok: true, value: name === 'transport.levels' ? [level] : level }
  }) as unknown as CallEngine
  const confirm = async (question: LowerLevelQuestion) => {
    asked.push(question)
    return says
  }
  return {
    handlers: transportHandlers({ confirm, confirmServers: () => Promise.resolve(says), callEngine }),
    asked,
    done,
  }
}
const dropped = { domain: 'b.example', level: 'unknown', previous: 'dane', dropped: true }
const ask = { domain: 'b.example', accountId: null }

test('a better protection is given up only after a yes in main’s own window', async () => {
  const no = world(dropped, false)
  expect(await no.handlers['transport.acceptLower'](ask)).toEqual({ accepted: false })
  expect(no.asked).toEqual([{ domain: 'b.example', level: 'unknown', previous: 'dane' }])
  expect(no.done).toEqual([])
  const yes = world(dropped, true)
  expect(await yes.handlers['transport.acceptLower'](ask)).toEqual({ accepted: true })
  expect(yes.done).toEqual([{ domain: 'b.example' }])
})

test('what the page claims to have fallen is not asked about when the engine knows better', async () => {
  const fine = world({ ...dropped, level: 'dane', previous: null, dropped: false }, true)
  expect(await fine.handlers['transport.acceptLower'](ask)).toEqual({ accepted: false })
  expect([fine.asked, fine.done]).toEqual([[], []])
})

test('the question names domain, before and now, and no is what Escape means', () => {
  for (const language of ['en', 'de'] as const) {
    const question = lowerLevelQuestion(
      { domain: 'b.example\nevil', level: 'none', previous: 'dane' },
      wordsFor(language, 'en'),
    )
    expect(question).toMatchObject({ defaultId: 0, cancelId: 0 })
    expect(question.detail?.split('\n')[0]).toBe('b.example evil')
    expect(question.detail).toContain('DANE')
  }
})

const quad9 = { kind: 'https', host: 'dns.quad9.net', port: 443, path: '/dns-query' } as const
const nearby = { kind: 'tcp', host: '192.0.2.53', port: 53 } as const

/** Servers chosen before, what the user says, and what main asks and does then. */
function choosing(before: readonly object[] | 'unreadable', says: boolean) {
  const asked: (readonly string[])[] = []
  const done: unknown[] = []
  const callEngine = (async (name: string, input: unknown) => {
    if (name === 'transport.setServers') done.push(input)
    else if (before === 'unreadable') return { ok: false, error: { code: 'store-damaged', params: {} } }
    return { ok: true, value: before }
  }) as unknown as CallEngine
  const confirmServers = async (places: readonly string[]) => {
    asked.push(places)
    return says
  }
  const handlers = transportHandlers({ confirm: () => Promise.resolve(false), confirmServers, callEngine })
  return { choose: handlers['transport.chooseServers'], asked, done }
}

test('names are looked up at a new place only after a yes in main’s own window', async () => {
  const no = choosing([nearby], false)
  expect(await no.choose({ servers: [nearby, quad9] })).toEqual({ changed: false })
  expect([no.asked, no.done]).toEqual([[['https://dns.quad9.net/dns-query']], []])
  const yes = choosing([], true)
  expect(await yes.choose({ servers: [quad9] })).toEqual({ changed: true })
  expect(yes.done).toEqual([{ servers: [quad9] }])
})

test('asking fewer is not asked about; going back to the system is, also when the choice cannot be read', async () => {
  const fewer = choosing([quad9, nearby], false)
  expect(await fewer.choose({ servers: [quad9] })).toEqual({ changed: true })
  expect(fewer.asked).toEqual([])
  for (const before of [[quad9], 'unreadable'] as const) {
    const back = choosing(before, false)
    expect(await back.choose({ servers: [] })).toEqual({ changed: false })
    expect([back.asked, back.done]).toEqual([[[]], []])
  }
})

test('the question names the places one a line, and no is what Escape means', () => {
  for (const language of ['en', 'de'] as const) {
    const question = dnsServersQuestion(['https://a.example/\nevil'], wordsFor(language, 'en'))
    expect(question).toMatchObject({ defaultId: 0, cancelId: 0 })
    expect(question.detail?.split('\n').at(-1)).toBe('    https://a.example/ evil')
  }
})

import { expect, test } from 'vitest'
import type { CallEngine } from '../../../../electron/ipc/answer-call'
import {
  type LowerLevelQuestion,
  transportHandlers,
} from '../../../../electron/ipc/handlers/transport-handlers'
import { lowerLevelQuestion } from '../../../../electron/windows/transport-dialog'
import { wordsFor } from '../../../../electron/windows/words'

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
  return { handlers: transportHandlers({ confirm, callEngine }), asked, done }
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

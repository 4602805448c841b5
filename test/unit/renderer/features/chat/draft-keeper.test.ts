import { expect, test, vi } from 'vitest'
import { DraftKeeper } from '../../../../../renderer/features/chat/composer/draft-keeper'
import type { Host } from '../../../../../renderer/host/host'
import type { ConversationId } from '../../../../../shared/features/chat/model'
import { failed, makeFailure, ok } from '../../../../../shared/kit/result'

const empty = { text: '', replyTo: null, corrects: null }

const keeperWith = (isFailing: () => boolean = () => false) => {
  const kept: string[] = []
  const host = {
    call: async (_name: string, { text }: { text: string }) => {
      kept.push(text)
      return isFailing() ? failed(makeFailure('offline')) : ok({})
    },
  } as unknown as Host
  return { kept, keeper: new DraftKeeper(host, 1 as ConversationId, empty) }
}

test('typing is kept after a pause, and what is typed last wins', () => {
  vi.useFakeTimers()
  const { kept, keeper } = keeperWith()
  for (const text of ['H', 'He', 'Hej']) keeper.set({ ...empty, text })
  expect(kept).toEqual([])
  vi.runAllTimers()
  expect(kept).toEqual(['Hej'])
  vi.useRealTimers()
})

test('leaving keeps at once; what is kept already is not kept again', () => {
  const { kept, keeper } = keeperWith()
  keeper.set({ ...empty, text: 'Hej' })
  keeper.flush()
  keeper.flush()
  expect(kept).toEqual(['Hej'])
  keeper.set(empty)
  keeper.flush()
  expect(kept).toEqual(['Hej', ''])
})

test('a text that came back into the store by another call, and is emptied at once, is kept no more', () => {
  const { kept, keeper } = keeperWith()
  keeper.forgetKept()
  keeper.set({ ...empty, text: 'back again' })
  keeper.set(empty)
  keeper.flush()
  expect(kept).toEqual([''])
})

test('what could not be kept is tried again when it is left', async () => {
  let isFailing = true
  const { kept, keeper } = keeperWith(() => isFailing)
  keeper.set({ ...empty, text: 'Hej' })
  keeper.flush()
  await Promise.resolve()
  await Promise.resolve()
  isFailing = false
  keeper.flush()
  expect(kept).toEqual(['Hej', 'Hej'])
})

import { expect, test } from 'vitest'
import { freshStore, openAt } from '../../../store/support'

test('a sender who may always show images is there again after a restart, however it is written, and goes when told', () => {
  const { store, directory } = freshStore()
  store.remoteSenders.add('News@Shop.example', 5)
  store.remoteSenders.add('news@shop.example', 9)
  store.close()
  const again = openAt(directory).store
  expect(again.remoteSenders.list()).toEqual([{ address: 'news@shop.example', allowedAtMs: 5 }])
  expect(again.remoteSenders.has('NEWS@shop.example')).toBe(true)
  expect(again.remoteSenders.has('other@shop.example')).toBe(false)
  expect(again.remoteSenders.remove('NEWS@shop.example')).toBe(true)
  expect(again.remoteSenders.remove('news@shop.example')).toBe(false)
  expect(again.remoteSenders.list()).toEqual([])
  again.close()
})

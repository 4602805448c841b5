import { expect, test } from 'vitest'
import { PoisonStanzas } from '../../../../../../electron/engine/features/chat/connection/poison'
import { ns } from '../../../../../../electron/engine/formats/chat/namespaces'
import { el } from '../../../../../../electron/engine/ports/chat/element'
import { SiegelError } from '../../../../../../shared/kit/result'

const live = (id: string) => el('message', ns.client, { id })
const archived = (id: string, queryid: string) =>
  el('message', ns.client, {}, el('result', ns.mam, { id, queryid }))

test('three failures of its own make a stanza one that is passed over, in any page and on any stream', () => {
  const poison = new PoisonStanzas()
  for (const [stanza, again] of [
    [live('a'), live('a')],
    [archived('b', 'first'), archived('b', 'second')],
    [el('message', ns.client, {}, 'nameless'), el('message', ns.client, {}, 'nameless')],
  ] as const) {
    for (const error of [new TypeError('x'), new SiegelError('bad-request'), new TypeError('y')]) {
      expect(poison.isPoison(again)).toBe(false)
      poison.note(stanza, error)
    }
    expect(poison.isPoison(again)).toBe(true)
  }
  expect(poison.isPoison(live('other'))).toBe(false)
})

test('what passes by itself is tried for ever', () => {
  const poison = new PoisonStanzas()
  for (const code of ['disk-full', 'locked', 'connection-lost', 'store-damaged'] as const)
    for (let times = 0; times < 9; times += 1) poison.note(live('a'), new SiegelError(code, {} as never))
  expect(poison.isPoison(live('a'))).toBe(false)
})

test('what a flood of failures takes is bounded', () => {
  const poison = new PoisonStanzas()
  for (let index = 0; index < 1_000; index += 1)
    for (let times = 0; times < 3; times += 1) poison.note(live(`m${index}`), new TypeError('x'))
  expect(poison.isPoison(live('m0'))).toBe(false)
  expect(poison.isPoison(live('m999'))).toBe(true)
})

import { beforeEach, describe, expect, test } from 'vitest'
import type { Store } from '../../../../../../../electron/engine/ports/store'
import type { ChangedEntity } from '../../../../../../../shared/ipc/stale/changes'
import type { MessageId } from '../../../../../../../shared/kit/ids'
import { bytes, freshStore, newMessage, parsed, type Seeded, seedAccount } from '../../../store/support'

let store: Store
let seeded: Seeded
let told: Map<ChangedEntity, readonly (number | string)[] | null>
beforeEach(() => {
  told = new Map()
  store = freshStore().store
  seeded = seedAccount(store)
  store.onChange((entity, ids) => told.set(entity, ids))
})

const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve))
/** What is told of the rows of conversations when something is done. */
async function conversationsTold(work: () => void): Promise<readonly (number | string)[] | null | undefined> {
  await settle()
  told = new Map()
  work()
  await settle()
  return told.get('conversation')
}
const counts = (ids: readonly MessageId[]): number[] =>
  store.messages.summaries(ids).map(row => row.threadCount)

const mail = (uid: number, id: string, ...references: string[]) =>
  newMessage(uid, { messageIdHeader: id, references, inReplyTo: references.at(-1) ?? '' })
const insert = (...messages: ReturnType<typeof mail>[]): readonly MessageId[] =>
  store.messages.insertHeaders(seeded.inbox, messages)

describe('the rows of a conversation hear that it grew or shrank', () => {
  test('an answer comes: the messages before it, and no others', async () => {
    const [one, , other] = insert(mail(1, 'a@x'), mail(2, 'lone@x'), mail(3, 'b@x', 'a@x')) as [
      MessageId,
      MessageId,
      MessageId,
    ]
    let answer: readonly MessageId[] = []
    const ids = await conversationsTold(() => {
      answer = insert(mail(4, 'c@x', 'a@x', 'b@x'), mail(5, 'new@x'))
    })
    expect(ids).toEqual([one, other])
    expect(told.get('message')).toEqual([...answer])
    expect(counts([one, other, ...answer])).toEqual([3, 3, 3, 1])
  })

  test('mail that stands alone tells of nothing', async () => {
    insert(mail(1, 'a@x'))
    expect(await conversationsTold(() => insert(mail(2, 'b@x'), mail(3, 'c@x', 'b@x')))).toBeUndefined()
  })

  test('a message joins two conversations: the rows of both', async () => {
    const first = insert(mail(1, 'a@x'), mail(2, 'b@x', 'a@x'))
    const second = insert(mail(3, 'm@x'))
    insert(mail(4, 'alone@x'))
    const ids = await conversationsTold(() => insert(mail(5, 'z@x', 'b@x', 'm@x')))
    expect(ids?.toSorted()).toEqual([...first, ...second].toSorted())
    expect(counts([...first, ...second])).toEqual([4, 4, 4])
  })

  test('messages made or kept here: a sent copy, an import', async () => {
    const before = insert(mail(1, 'a@x'))
    const local = (id: string) => ({ ...mail(0, id, 'a@x'), uid: null, raw: bytes('x'), parsed: parsed('x') })
    expect(
      await conversationsTold(() => void store.messages.insertLocal(seeded.archive, local('b@x'))),
    ).toEqual([...before])
    expect(counts(before)).toEqual([2])
  })

  test.each(['on the server', 'here'] as const)('a message is deleted %s: those that stay', async where => {
    const [one, two, three] = insert(mail(1, 'a@x'), mail(2, 'b@x', 'a@x'), mail(3, 'other@x')) as [
      MessageId,
      MessageId,
      MessageId,
    ]
    const ids = await conversationsTold(() => {
      if (where === 'here') store.messages.removeLocally([two, three])
      else store.messages.removeUids(seeded.inbox, [2, 3])
    })
    expect(ids).toEqual([one])
    expect(counts([one])).toEqual([1])
  })

  test('one of two rows of a moved message goes', async () => {
    const [first, moved] = insert(mail(1, 'a@x'), mail(2, 'b@x', 'a@x')) as [MessageId, MessageId]
    store.messages.moveLocally([moved], seeded.archive)
    store.messages.insertHeaders(seeded.archive, [mail(7, 'other@x', 'a@x')])
    const ids = await conversationsTold(() => store.messages.setUid(moved, 7))
    expect(ids).toEqual([first])
    expect(counts([first, moved])).toEqual([2, 2])
  })

  test('a conversation without an end is told of as many', async () => {
    for (let at = 0; at < 12; at += 1)
      insert(
        ...Array.from({ length: 100 }, (_, step) => mail(at * 100 + step + 1, `${at}.${step}@x`, 'root@x')),
      )
    expect(await conversationsTold(() => insert(mail(5000, 'last@x', 'root@x')))).toBeNull()
  })
})

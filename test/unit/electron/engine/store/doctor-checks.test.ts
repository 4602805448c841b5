import { join } from 'node:path'
import { expect, test } from 'vitest'
import { openConnection } from '../../../../../electron/engine/store/connection'
import { bytes, newMessage, openAt, parsed, seedAccount, storeKey, temporaryDirectory } from './support'

/** The checks that find something in a store of two whole messages after a change of its rows. */
const foundAfter = (change: string): string[] => {
  const directory = temporaryDirectory()
  const { store } = openAt(directory)
  const { inbox } = seedAccount(store)
  for (const id of store.messages.insertHeaders(inbox, [newMessage(1), newMessage(2)]))
    store.messages.storeBodies([{ id, raw: bytes('a text'), parsed: parsed('a text') }])
  store.close()
  const connection = openConnection(join(directory, 'store.db'), storeKey)
  connection.exec(change)
  connection.close()
  const { store: opened } = openAt(directory)
  const found = opened.check().filter(({ outcome }) => outcome !== 'ok')
  opened.close()
  return found.map(({ check }) => check)
}

test.each([
  ['nothing', 'SELECT 1', []],
  ['a wrong count', 'UPDATE mailboxes SET total = total + 1', ['mailbox-counts']],
  ['a text that is not there', 'UPDATE messages SET body_state = 1', ['message-texts']],
  ['bytes that are not there', 'DELETE FROM raw_messages', ['message-bytes']],
  [
    'a mark of a finished change',
    `INSERT INTO tasks (account, kind, payload, state, created_at) SELECT number, 'move', '{}', 'done', 0 FROM accounts;
     INSERT INTO task_messages (message, task) SELECT (SELECT min(id) FROM messages), (SELECT max(id) FROM tasks)`,
    ['task-marks'],
  ],
])('the doctor finds %s, as a feature told the store', (_, change, checks) => {
  expect(foundAfter(change)).toEqual(checks)
})

import { expect, test } from 'vitest'
import { undoneWords } from '../../../../../cli/verbs/mail/change'

test.each([
  [{ what: 'message', count: 1 }, 'Took back the change of 1 message.'],
  [{ what: 'message', count: 3 }, 'Took back the change of 3 messages.'],
  [{ what: 'event', count: 1 }, 'Took back the change of 1 event.'],
  [{ what: 'contact', count: 0 }, 'Took back the change of 0 contacts.'],
] as const)('what was taken back is named: %j', (undone, words) => expect(undoneWords(undone)).toBe(words))

import { beforeEach, expect, test } from 'vitest'
import { features } from '../../../../../renderer/features'
import { lookUp, openSource, setSelection, useMail } from '../../../../../renderer/features/mail/state'
import { useUi } from '../../../../../renderer/state/ui-store'
import type { MessageId } from '../../../../../shared/kit/ids'

const message = 7 as MessageId
const forgetAll = () => {
  for (const feature of features) if ('forget' in feature) feature.forget?.()
}
beforeEach(forgetAll)

test('what is asked for of mail leads to its room, and a draft over it gives way', () => {
  useUi.setState({ room: 'settings' })
  const calls = useUi.getState().roomCalls
  openSource({ kind: 'role', role: 'sent' })
  expect(useUi.getState()).toMatchObject({ room: 'mail', roomCalls: calls + 1 })
  expect(useMail.getState()).toMatchObject({ source: { kind: 'role', role: 'sent' }, search: null })
  useUi.setState({ room: 'settings' })
  lookUp('two words')
  expect(useUi.getState().room).toBe('mail')
  expect(useMail.getState().search).toEqual({ text: '"two words"', mailboxId: null })
})

test('locking forgets what was chosen, searched for and read', () => {
  const before = useMail.getState()
  lookUp('seal')
  setSelection({ ...before.selection, focus: message })
  useMail.setState({ readingId: message, sourceId: message, heldUnreadId: message })
  expect(useMail.getState()).not.toEqual(before)
  forgetAll()
  expect(useMail.getState()).toEqual(before)
})

import { readdirSync, readFileSync } from 'node:fs'
import { beforeEach, describe, expect, test } from 'vitest'
import { changeFlags, runUndoable } from '../../../../renderer/state/run-command'
import { useToasts } from '../../../../renderer/state/toasts'
import { type MessageId, messageId } from '../../../../shared/kit/ids'
import { failed } from '../../../../shared/kit/result'
import { QuietHost } from './quiet-host'

const id = (number: number): MessageId => messageId.parse(number)
const seen = { add: ['seen' as const], remove: [] }

describe('a change that failed is said', () => {
  beforeEach(() => useToasts.setState({ toasts: [] }))
  const host = (answer: unknown) => {
    const quiet = new QuietHost()
    quiet.answer = () => answer
    return quiet
  }
  const refused = failed({ code: 'disk-full', params: { path: 'store.db' }, retryable: false })
  const shown = () => useToasts.getState().toasts.map(({ kind }) => kind)

  test('flags of one message', async () => {
    expect(await changeFlags(host(refused), { ids: [id(1)], ...seen })).toBe(false)
    expect(useToasts.getState().toasts).toMatchObject([{ kind: 'failure', failure: { code: 'disk-full' } }])
  })

  test('flags of many, and what can be taken back', async () => {
    expect(await changeFlags(host(refused), { ids: [id(1), id(2)], ...seen })).toBe(false)
    await runUndoable(host(refused), 'archive', 'messages.archive', { ids: [id(1)] })
    expect(shown()).toEqual(['failure', 'failure'])
  })

  test('what succeeds is offered back for many, and says nothing for one', async () => {
    const done = { undoId: 7, messageCount: 1 }
    expect(await changeFlags(host(done), { ids: [id(1)], ...seen })).toBe(true)
    expect(shown()).toEqual([])
    expect(await changeFlags(host(done), { ids: [id(1), id(2)], ...seen })).toBe(true)
    expect(shown()).toEqual(['undo'])
  })
})

/** Calls whose failure changes nothing that a person sees or could do, each with the reason. */
const mayFailSilently: Readonly<Record<string, string>> = {
  'app.reportActivity': 'said again with the next key or move of the pointer',
  'chat.draft': 'kept by the next letter, or when the conversation is left; the text stays where it is',
  'chat.fetchFile': 'a picture that is here already is not drawn; its line stays, and saving it says why',
  'chat.seen': 'said again with the next message that is seen',
  'chat.typing': 'worth nothing a moment later',
  'drafts.leave': 'the draft stays, and the list of drafts shows it',
  'invitations.takeIn': 'the card says what is not taken in, and the next look takes it in',
  'messages.forgetRemote': 'the images are forgotten with the message at the latest',
}

test('no other call of the page throws its answer away', () => {
  const root = new URL('../../../../renderer/', import.meta.url).pathname
  const thrownAway = readdirSync(root, { recursive: true, encoding: 'utf8' })
    .filter(path => /\.tsx?$/.test(path) && !path.startsWith('demo/'))
    .flatMap(path =>
      [...readFileSync(root + path, 'utf8').matchAll(/void (?:this\.#)?host\s*\.call\(\s*'([\w.]+)'/g)].map(
        match => match[1] ?? '',
      ),
    )
  expect(thrownAway.length).toBeGreaterThan(0)
  expect(thrownAway.sort()).toEqual(Object.keys(mayFailSilently).sort())
})

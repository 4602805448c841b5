import { expect, test } from 'vitest'
import { CommandRegistry } from '../../../../../renderer/state/keys/command-registry'

test('Escape goes to the draft in front, then to the room, then to the program', () => {
  const registry = new CommandRegistry()
  const heard: string[] = []
  const room = registry.add('room')
  room.update({ back: () => heard.push('room') })
  // The program's layer is added after the room's: effects of parents run last.
  registry.add('app').update({ back: () => heard.push('app') })
  const draft = registry.add('front')
  draft.update({ back: () => heard.push('draft') })

  registry.run('back')
  draft.remove()
  registry.run('back')
  room.remove()
  registry.run('back')
  expect(heard).toEqual(['draft', 'room', 'app'])
})

test('a command nobody answers is left to the browser', () => {
  expect(new CommandRegistry().run('archive')).toBe(false)
})

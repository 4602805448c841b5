import { describe, expect, test } from 'vitest'
import { chordOf, KeyMatcher, type KeyPress } from '../../../../../renderer/state/keys/key-matcher'
import { commandIds, commands } from '../../../../../shared/ipc/commands'

const press = (key: string, modifiers: Partial<KeyPress> = {}): KeyPress => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  shiftKey: false,
  ...modifiers,
})
const match = (matcher: KeyMatcher, key: KeyPress, inField = false, nowMs = 0, room = 'mail') =>
  matcher.match(key, inField, false, nowMs, room)

describe('keys', () => {
  test('single letters are commands', () => {
    const matcher = new KeyMatcher()
    expect(match(matcher, press('j'))).toBe('next')
    expect(match(matcher, press('e'))).toBe('archive')
  })

  test('keys of a room come first while it is shown, and are those of others elsewhere', () => {
    const matcher = new KeyMatcher()
    const inRoom = (key: string, room: string) => match(matcher, press(key), false, 0, room)
    expect(inRoom('a', 'calendar')).toBe('calendarAgenda')
    expect(inRoom('a', 'mail')).toBe('replyAll')
    expect(inRoom('d', 'mail')).toBeNull()
    // A command elsewhere begins with the same key.
    expect(inRoom('g', 'calendar')).toBe('calendarGoTo')
    expect(inRoom('i', 'calendar')).toBeNull()
    expect(inRoom('g', 'mail')).toBe('waiting')
    expect(inRoom('i', 'mail')).toBe('goInbox')
    // What is everybody's is heard there too.
    expect(inRoom('?', 'calendar')).toBe('shortcuts')
    expect(match(matcher, press('a'), true, 0, 'calendar')).toBeNull()
  })

  test('while typing only the commands for it are heard', () => {
    const matcher = new KeyMatcher()
    expect(match(matcher, press('e'), true)).toBeNull()
    expect(match(matcher, press('z', { ctrlKey: true }), true)).toBeNull()
    expect(match(matcher, press('Enter', { ctrlKey: true }), true)).toBe('send')
    expect(match(matcher, press('L', { ctrlKey: true, shiftKey: true }), true)).toBe('lock')
  })

  test('u and Shift+U differ, also with Caps Lock', () => {
    const matcher = new KeyMatcher()
    expect(match(matcher, press('u'))).toBe('markUnread')
    expect(match(matcher, press('U', { shiftKey: true }))).toBe('markRead')
    expect(match(matcher, press('U'))).toBe('markUnread')
  })

  test('symbols work wherever the keyboard has them', () => {
    const matcher = new KeyMatcher()
    expect(match(matcher, press('#'))).toBe('delete')
    expect(match(matcher, press('#', { shiftKey: true }))).toBe('delete')
    expect(match(matcher, press('?', { shiftKey: true }))).toBe('shortcuts')
    expect(match(matcher, press('/', { shiftKey: true }))).toBe('search')
  })

  test('g i goes to the inbox, in time', () => {
    const matcher = new KeyMatcher()
    expect(match(matcher, press('g'), false, 0)).toBe('waiting')
    expect(match(matcher, press('i'), false, 800)).toBe('goInbox')
  })

  test('g and, much later, s is a star and not the sent folder', () => {
    const matcher = new KeyMatcher()
    expect(match(matcher, press('g'), false, 0)).toBe('waiting')
    expect(match(matcher, press('s'), false, 5000)).toBe('flag')
  })

  test('an unknown second key runs nothing of the first and is looked at by itself', () => {
    const matcher = new KeyMatcher()
    match(matcher, press('g'), false, 0)
    expect(match(matcher, press('e'), false, 10)).toBe('archive')
  })

  test('Shift between the keys of a sequence does not end it', () => {
    const matcher = new KeyMatcher()
    match(matcher, press('g'), false, 0)
    expect(match(matcher, press('Shift', { shiftKey: true }), false, 10)).toBeNull()
    expect(match(matcher, press('i'), false, 20)).toBe('goInbox')
  })

  test('on a Mac it is Command', () => {
    expect(chordOf(press('z', { metaKey: true }), true)).toBe('mod+z')
    expect(chordOf(press('z', { ctrlKey: true }), true)).toBeNull()
  })

  test('no two commands share a key, and no command hides behind a sequence', () => {
    const ofRooms = commandIds.filter(id => 'room' in commands[id])
    const all = commandIds.filter(id => !ofRooms.includes(id)).flatMap(id => [...commands[id].keys])
    expect(new Set(all).size).toBe(all.length)
    const firsts = new Set(all.filter(keys => keys.includes(' ')).map(keys => keys.split(' ')[0]))
    expect(all.filter(keys => firsts.has(keys))).toEqual([])
  })
})

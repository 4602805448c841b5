import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { allMessageActions } from '../../../../../renderer/features/mail/actions/message-action-list'
import { type CommandId, commandIds, commands, firstKeys } from '../../../../../shared/ipc/commands'

const renderer = join(import.meta.dirname, '../../../../../renderer')

test('keys of a command are typed once: what shows them names the command', () => {
  const typed = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
    .filter(path => path.endsWith('.tsx') || path.endsWith('.ts'))
    .flatMap(path =>
      [
        ...readFileSync(join(renderer, path), 'utf8').matchAll(
          /(?:shortcut(?:=|: )|<Kbd keys=)["']([^"']+)["']/g,
        ),
      ].map(([, keys]) => `${path}: ${keys}`),
    )
  // Bold and italic are keys of the editor, which no command stands for.
  expect(typed).toEqual(
    ['mod+b', 'mod+i'].map(keys => `${join('features', 'writing', 'editor', 'rich-editor.tsx')}: ${keys}`),
  )
})

test('no two commands of a room have the same keys, and an action of messages shows those that work', () => {
  const roomOf = (id: CommandId): string => {
    const spec = commands[id]
    return 'room' in spec ? spec.room : ''
  }
  for (const room of new Set(commandIds.map(roomOf))) {
    const all = commandIds.filter(id => roomOf(id) === room).flatMap(id => [...commands[id].keys])
    expect(new Set(all).size).toBe(all.length)
  }
  for (const { command } of allMessageActions) expect(commands[command].keys).toContain(firstKeys(command))
})

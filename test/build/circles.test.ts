import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { circles } from '../../build/checks/circles.ts'
import { sourceTree } from '../support/source-tree'

const complaintsAbout = (files: Record<string, string>): string[] =>
  circles(sourceTree(tmpdir(), files)).map(({ path, line, message }) => `${path}:${line} ${message}`)

test.each([
  [
    'two files that take from each other',
    { 'cli/a.ts': "\nimport './b'", 'cli/b.ts': "import './a'" },
    'cli/a.ts:2 imports itself in a circle: cli/a.ts > cli/b.ts > cli/a.ts',
  ],
  [
    'a circle of which one step is only a type',
    {
      'electron/engine/context.ts': "import type { Opened } from './opened'",
      'electron/engine/opened.ts': "import { open } from './open'",
      'electron/engine/open.ts': "import { context } from './context'",
    },
    'electron/engine/context.ts:1 imports itself in a circle: electron/engine/context.ts > ' +
      'electron/engine/opened.ts > electron/engine/open.ts > electron/engine/context.ts',
  ],
  [
    'a circle of types alone, by re-export',
    { 'shared/a.ts': "export type { B } from './b'", 'shared/b.ts': "export type { A } from './a'" },
    'shared/a.ts:1 imports itself in a circle: shared/a.ts > shared/b.ts > shared/a.ts',
  ],
  [
    'a circle that is closed by loading later',
    { 'renderer/a.tsx': "await import('./b')", 'renderer/b.tsx': "import './a'" },
    'renderer/a.tsx:1 imports itself in a circle: renderer/a.tsx > renderer/b.tsx > renderer/a.tsx',
  ],
  [
    'a circle through a type that is named where it is used',
    { 'cli/a.ts': "export type A = import('./b').B", 'cli/b.ts': "import './a'" },
    'cli/a.ts:1 imports itself in a circle: cli/a.ts > cli/b.ts > cli/a.ts',
  ],
  [
    'a file that imports itself',
    { 'test/a.ts': "import { a } from './a'" },
    'test/a.ts:1 imports itself in a circle: test/a.ts > test/a.ts',
  ],
])('refuses %s', (_what, files, complaint) => {
  expect(complaintsAbout(files)).toEqual([complaint])
})

test('tells two circles apart that one file leads to', () => {
  expect(
    complaintsAbout({
      'cli/main.ts': "import './a'\nimport './c'",
      'cli/a.ts': "import './b'",
      'cli/b.ts': "import './a'\nimport './c'",
      'cli/c.ts': "import './d'",
      'cli/d.ts': "import './c'",
    }),
  ).toHaveLength(2)
})

test('lets a file be reached on many ways that do not come back', () => {
  expect(
    complaintsAbout({
      'cli/a.ts': "import './b'\nimport './c'",
      'cli/b.ts': "import './d'",
      'cli/c.ts': "import './d'\nimport './b'",
      'cli/d.ts': "import 'node:fs'",
    }),
  ).toEqual([])
})

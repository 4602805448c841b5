import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import {
  houseViolations,
  largeFolderComplaints,
  repeatedNameComplaints,
} from '../../build/checks/house-rules.ts'
import { sourceTree } from '../support/source-tree'

/** The exceptions name files of the real tree, which a small one does not have. */
const complaintsAbout = (files: Record<string, string>): string[] =>
  houseViolations(sourceTree(tmpdir(), files))
    .map(({ path, line, message }) => `${path}:${line} ${message}`)
    .filter(text => !text.includes('needs no exception'))

const tables = `export const tables = [{ name: 'meta' }, { name: 'outbox' }, { name: 'messages' }, { name: 'tasks' }]`
const inStore = (path: string, text: string): Record<string, string> => ({
  'electron/engine/store/tables.ts': tables,
  [path]: text,
})

const breaches: readonly [what: string, files: Record<string, string>, complaint: RegExp][] = [
  [
    'a store that changes rows of a feature',
    inStore('electron/engine/store/place.ts', `\nexport const hold = "UPDATE outbox SET state = 'unknown'"`),
    /^electron\/engine\/store\/place\.ts:2 knows the table outbox of a feature/,
  ],
  [
    'a store that counts them',
    inStore('electron/engine/store/care.ts', 'sql`SELECT count(*) FROM messages m`'),
    /knows the table messages/,
  ],
  [
    'a kit that joins them',
    inStore(
      'electron/engine/kit/a.ts',
      'sql`DELETE FROM tasks WHERE id IN (SELECT task FROM tasks t JOIN outbox o)`',
    ),
    /kit\/a\.ts:1 knows the table outbox/,
  ],
  [
    'a use case that takes everything',
    { 'electron/engine/features/mail/app/a.ts': 'export const a = (parts: EngineParts) => parts' },
    /takes all parts of the engine/,
  ],
  [
    'a use case that names too much',
    {
      'electron/engine/features/mail/app/a.ts': `export const a = (parts: Needs<'x', ${[...'abcdefghijk'].map(name => `'${name}'`).join(' | ')}>) => parts`,
    },
    /takes 11 parts, 10 at most/,
  ],
  [
    'a second word for a mailbox',
    { 'shared/a.ts': 'export const folderId = 1' },
    /says folderId; the word for it here is mailbox/,
  ],
  [
    'a folder of sixteen files',
    Object.fromEntries([...'abcdefghijklmnop'].map(name => [`shared/kit/${name}.ts`, ''])),
    /^shared\/kit:1 holds 16 files, 15 at most/,
  ],
  [
    'a second list of what features say of themselves',
    { 'shared/ipc/a.ts': "import '../features/mail/stale'", 'shared/features/mail/stale.ts': '' },
    /^shared\/ipc\/a\.ts:1 imports shared\/features\/mail\/stale\.ts: features are listed in/,
  ],
  [
    'an engine that names the tables of a feature',
    {
      'electron/engine/compose/a.ts': "import '../features/mail/store/tables'",
      'electron/engine/features/mail/store/tables.ts': '',
    },
    /imports electron\/engine\/features\/mail\/store\/tables\.ts/,
  ],
  [
    'a program that names the verbs of a feature',
    { 'cli/main.ts': "import './verbs/mail/verbs'", 'cli/verbs/mail/verbs.ts': '' },
    /^cli\/main\.ts:1 imports cli\/verbs\/mail\/verbs\.ts/,
  ],
  [
    'a name that repeats its feature',
    { 'shared/features/mail/mail-model.ts': '' },
    /mail-model\.ts:1 repeats the name of its feature, mail/,
  ],
]

test.each(breaches)('%s is found', (_, files, complaint) => {
  expect(complaintsAbout(files)).toEqual([expect.stringMatching(complaint)])
})

test('what keeps to the rules is not complained of', () => {
  expect(
    complaintsAbout({
      ...inStore('electron/engine/store/care.ts', 'sql`SELECT value FROM meta`'),
      'electron/engine/kit/tasks/a.ts': 'sql`DELETE FROM tasks WHERE id = 1`',
      'electron/engine/features/writing/store/a.ts': 'sql`UPDATE outbox SET state = 1`',
      'electron/engine/features/mail/app/a.ts': `export const a = (one: EngineParts['vault'], two: Pick<EngineParts, 'mime'>, three: Needs<'clock', 'drafts'>) => [one, two, three]`,
      'shared/features/mail/model.ts': 'export const mailboxId = 1',
    }),
  ).toEqual([])
})

test('an exception lets a folder stand as it is, not grow, and goes when it is not needed', () => {
  const folder = (count: number) => Array.from({ length: count }, (_, at) => `cli/kit/${at}.ts`)
  const allowed = { 'cli/kit': { files: 17, reason: 'for this test' } }
  expect(largeFolderComplaints(folder(17), allowed)).toEqual([])
  expect(largeFolderComplaints(folder(18), allowed)).toMatchObject([{ path: 'cli/kit' }])
  expect(largeFolderComplaints(folder(15), allowed)).toMatchObject([
    { message: expect.stringContaining('needs no exception') },
  ])
  expect(repeatedNameComplaints(['renderer/features/mail/mail-room.tsx'], {})).toHaveLength(1)
})

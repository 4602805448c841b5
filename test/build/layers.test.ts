import { tmpdir } from 'node:os'
import { expect, test } from 'vitest'
import { layerViolations } from '../../build/checks/layers.ts'
import { sourceTree } from '../support/source-tree'

const complaintsAbout = (files: Record<string, string>): string[] =>
  layerViolations(sourceTree(tmpdir(), files)).map(({ path, line, message }) => `${path}:${line} ${message}`)

const breaches: readonly [what: string, files: Record<string, string>, complaint: RegExp][] = [
  [
    'shared code that leans on the engine',
    {
      'shared/util/a.ts': "import '../../electron/engine/ports/basics'",
      'electron/engine/ports/basics.ts': '',
    },
    /^shared\/util\/a\.ts:1 imports electron\/engine\/ports\/basics\.ts, but shared sees only itself$/,
  ],
  [
    'shared code that uses Node',
    { 'shared/util/a.ts': "import { join } from 'node:path'\njoin()" },
    /node:path.*no Node/,
  ],
  ['shared code that pulls in a package', { 'shared/a.ts': "import 'openpgp'" }, /imports openpgp/],
  ['a window that uses Node', { 'renderer/main.tsx': "import fs from 'fs'\nfs" }, /node:fs.*no Node/],
  [
    'a window that reaches into the engine',
    {
      'renderer/state/a.ts': "\nexport * from '../../electron/engine/ports/basics'",
      'electron/engine/ports/basics.ts': '',
    },
    /^renderer\/state\/a\.ts:2 .*renderer\/state sees only/,
  ],
  [
    'one feature that uses another',
    { 'renderer/features/mail/a.tsx': "import '../compose/b'", 'renderer/features/compose/b.tsx': '' },
    /renderer\/features\/mail sees only/,
  ],
  [
    'a use case that reaches past the ports to the store',
    { 'electron/engine/app/a.ts': "import '../store/db'", 'electron/engine/store/db.ts': '' },
    /engine\/app sees only/,
  ],
  [
    'sync that names an adapter, though only its type',
    {
      'electron/engine/sync/a.ts': "import type { X } from '../mail/imap/x'",
      'electron/engine/mail/imap/x.ts': '',
    },
    /engine\/sync sees only/,
  ],
  [
    'the store that knows the mail adapter',
    { 'electron/engine/store/a.ts': "import '../mail/x'", 'electron/engine/mail/x.ts': '' },
    /engine\/store sees only/,
  ],
  [
    'a store that knows what a feature keeps in it',
    {
      'electron/engine/store/open-store.ts': "import '../features/mail/store/messages/messages'",
      'electron/engine/features/mail/store/messages/messages.ts': '',
    },
    /engine\/store sees only/,
  ],
  [
    'a recovery that knows how a feature carries its rows over, though only its type',
    {
      'electron/engine/store/keep/recovery.ts':
        "import type { A } from '../../features/mail/store/carry-over'",
      'electron/engine/features/mail/store/carry-over.ts': '',
    },
    /engine\/store sees only/,
  ],
  [
    'the queue that knows a kind of change',
    {
      'electron/engine/kit/tasks/tasks.ts': "import '../../features/mail/tasks/kinds'",
      'electron/engine/features/mail/tasks/kinds.ts': '',
    },
    /engine\/kit sees only/,
  ],
  [
    'a kind of change that leans on the sync which replays it',
    {
      'electron/engine/features/mail/tasks/move.ts': "import '../sync/pass'",
      'electron/engine/features/mail/sync/pass.ts': '',
    },
    /engine\/mail\/tasks sees only/,
  ],
  [
    'the store of one feature that uses the store of another',
    {
      'electron/engine/features/inbox-encryption/store/journal.ts': "import '../../mail/store/bodies'",
      'electron/engine/features/mail/store/bodies.ts': '',
    },
    /engine\/inbox-encryption\/store sees only/,
  ],
  [
    'a feature that uses the kinds of change of another',
    {
      'electron/engine/features/writing/outbox/a.ts': "import '../../mail/tasks/append'",
      'electron/engine/features/mail/tasks/append.ts': '',
    },
    /engine\/writing\/outbox sees only/,
  ],
  [
    'a migration that imports anything',
    { 'electron/engine/store/schema/0001-a.ts': "import '../../../../shared/a'", 'shared/a.ts': '' },
    /engine\/schema sees only itself/,
  ],
  [
    'the engine that leans on Electron',
    { 'electron/engine/sync/a.ts': "import { app } from 'electron'\napp" },
    /imports electron: .*without Electron/,
  ],
  [
    'the vault that knows the engine',
    { 'electron/vault/worker.ts': "import '../engine/ports/basics'", 'electron/engine/ports/basics.ts': '' },
    /vault sees only/,
  ],
  [
    'a use case loaded late from the command line',
    { 'cli/a.ts': "await import('../electron/engine/store/db')", 'electron/engine/store/db.ts': '' },
    /cli sees only/,
  ],
  [
    'a second place that opens the database',
    { 'cli/a.ts': "import 'better-sqlite3-multiple-ciphers'" },
    /only the store/,
  ],
  ['an import that leads nowhere', { 'cli/a.ts': "import './b'" }, /which is not there/],
]

test.each(breaches)('refuses %s', (_what, files, complaint) => {
  expect(complaintsAbout(files)).toEqual([expect.stringMatching(complaint)])
})

test('lets every room do what the plan gives it', () => {
  const files = {
    'shared/features/mail/model.ts': "import { z } from 'zod'\nexport const mail = z.string()",
    'renderer/main.tsx': "import './features/mail/list'\nimport 'react'",
    'renderer/features/mail/list.tsx': "import '../../ui/list'\nimport '../../../shared/features/mail/model'",
    'renderer/ui/list.tsx': "import 'react-aria-components'",
    'electron/main/main.ts': "import './compose'\nimport 'electron'",
    'electron/main/compose.ts': "import '../ipc/router'\nimport '../keychain/custody'",
    'electron/ipc/router.ts': "import '../../shared/features/mail/model'",
    'electron/keychain/custody.ts': "import '@napi-rs/keyring'\nimport 'node:fs'",
    'electron/engine/ports/basics.ts': "import '../../../shared/features/mail/model'",
    'electron/engine/compose/index.ts':
      "import '../features/mail/app/list'\nimport '../store/db'\nimport '../features/mail/imap/dial'",
    'electron/engine/features/mail/app/list.ts': "import '../sync/mail-sync'\nimport '../../../ports/basics'",
    'electron/engine/features/mail/sync/mail-sync.ts':
      "import '../../../ports/basics'\nimport '../tasks/move'",
    'electron/engine/features/mail/tasks/move.ts':
      "import '../../../kit/tasks/task-kind'\nimport '../../../store/db'\nimport '../../../formats/flags'",
    'electron/engine/features/mail/store/messages/messages.ts':
      "import '../../../../store/db'\nimport '../../../../formats/flags'\nimport '../../tasks/move'",
    'electron/engine/features/mail/imap/dial.ts': "import '../../../ports/basics'\nimport 'imapflow'",
    'electron/engine/kit/tasks/task-kind.ts': "import '../../store/db'\nimport '../../ports/basics'",
    'electron/engine/formats/flags.ts': "import '../ports/basics'",
    'electron/engine/store/db.ts': "import './schema/0001-a'\nimport 'better-sqlite3-multiple-ciphers'",
    'electron/engine/store/schema/0001-a.ts': '',
    'cli/main.ts': "import '../electron/engine/compose'",
  }
  expect(complaintsAbout(files)).toEqual([])
})

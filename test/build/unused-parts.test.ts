import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { runQuietly } from '../../build/child.mjs'
import { inCache, inProject } from '../../build/paths.mjs'
import { sourceTree } from '../support/source-tree'

/** What knip says with the project's own rules about a tree whose only entry is `cli/main.ts`. */
const complain = async (files: Record<string, string>): Promise<{ code: number; output: string }> => {
  const { $schema: _schema, ...config } = JSON.parse(readFileSync(inProject('knip.json'), 'utf8'))
  const root = sourceTree(inCache('test'), {
    'package.json': JSON.stringify({ name: 'tree', type: 'module' }),
    'knip.json': JSON.stringify({
      ...config,
      entry: ['cli/main.ts', 'test/**/*.test.ts'],
      ignoreDependencies: [],
      ignoreBinaries: [],
    }),
    ...files,
  })
  const knip = inProject('node_modules', 'knip', 'bin', 'knip.js')
  const args = [knip, '--no-progress', '--no-config-hints', '--directory', root]
  return runQuietly(process.execPath, args, { cwd: root })
}

const used = 'export const used = 1\n'

test.each([
  ['an export that nothing imports', `${used}export const forgotten = 2\n`, 'forgotten'],
  ['a type that nothing imports', `${used}export type Forgotten = string\n`, 'Forgotten'],
  [
    'an export that only its own file uses',
    'const inner = 1\nexport const helper = () => inner\nexport const used = helper()\n',
    'helper',
  ],
])('refuses %s', async (_what, text, name) => {
  const { code, output } = await complain({
    'cli/main.ts': "import { used } from './part'\nused\n",
    'cli/part.ts': text,
  })
  expect(output).toContain(name)
  expect(code).toBe(1)
})

test('refuses a file that nothing imports', async () => {
  const { code, output } = await complain({ 'cli/main.ts': '', 'cli/left-over.ts': used })
  expect(output).toContain('cli/left-over.ts')
  expect(code).toBe(1)
})

test('lets stand what is used, by a test as well', async () => {
  const { code, output } = await complain({
    'cli/main.ts': "import { used } from './part'\nused\n",
    'cli/part.ts': `${used}export const forTests = 2\n`,
    'test/part.test.ts': "import { forTests } from '../cli/part'\nforTests\n",
  })
  expect(output).toBe('')
  expect(code).toBe(0)
})

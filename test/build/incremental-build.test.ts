import { cpSync, existsSync, readFileSync, statSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { childEnvironment, runQuietly } from '../../build/child.mjs'
import { inCache, inProject } from '../../build/paths.mjs'
import { sourceTree } from '../support/source-tree'

/** A tiny Siegel with the real build in it; its packages are found in the folders above. */
const smallProject = (files: Record<string, string>) => {
  const root = sourceTree(inCache('test'), files)
  cpSync(inProject('build'), join(root, 'build'), {
    recursive: true,
    filter: path => !path.includes('node_modules'),
  })
  cpSync(inProject('tsconfig.json'), join(root, 'tsconfig.json'))
  const build = async () =>
    (
      await runQuietly(process.execPath, [join(root, 'build', 'build.ts')], {
        env: childEnvironment(process.execPath),
        cwd: root,
      })
    ).output
  return { root, build }
}

test('only what has changed is built again, and only its output changes', async () => {
  const { root, build } = smallProject({
    'shared/word.ts': "export const word: string = 'first'\n",
    'electron/preload.ts': "import { word } from '../shared/word'\nexport const said = word\n",
    'cli/main.ts':
      "import { word } from '../shared/word'\nprocess.stdout.write(word + ' ' + process.argv[2])\n",
  })
  const first = await build()
  expect(first).toContain('built preload')
  expect(first).toContain('built cli')
  expect(first).toContain('not built: main (electron/main/main.ts is not written yet)')

  expect(await build()).not.toContain('siegel: built')

  const later = new Date(statSync(join(root, 'cli/main.ts')).mtimeMs + 2000)
  utimesSync(join(root, 'cli/main.ts'), later, later)
  const third = await build()
  expect(third).toContain('built cli')
  expect(third).not.toContain('built preload')

  const { output } = await runQuietly(process.execPath, [join(root, '.vite/build/cli.mjs'), 'mail'])
  expect(output).toBe('first mail')
})

test('a part that does not compile is named, and the others are built', async () => {
  const { root, build } = smallProject({
    'electron/preload.ts': "import './missing'\n",
    'cli/main.ts': "process.stdout.write('hello')\n",
  })
  const output = await build()
  expect(output).toContain('preload could not be built')
  expect(output).toContain('built cli')
  expect(existsSync(join(root, '.vite/build/preload.cjs'))).toBe(false)
  expect(readFileSync(join(root, '.vite/build/cli.mjs'), 'utf8')).toContain('hello')
})

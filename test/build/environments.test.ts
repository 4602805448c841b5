import { expect, test } from 'vitest'
import { runQuietly } from '../../build/child.mjs'
import { inCache, inProject } from '../../build/paths.mjs'
import { sourceTree } from '../support/source-tree'

/** What the compiler says about one line of code in a room. */
const compile = async (room: string, config: string, text: string): Promise<string> => {
  const root = sourceTree(inCache('test'), {
    [`${room}/probe.ts`]: text,
    [`${room}/tsconfig.json`]: JSON.stringify({
      extends: inProject(room, config),
      include: ['probe.ts'],
      exclude: [],
      ...(config.includes('preload') && { files: ['probe.ts'] }),
    }),
  })
  const tsc = inProject('node_modules', 'typescript', 'bin', 'tsc')
  const { output } = await runQuietly(process.execPath, [tsc, '--pretty', 'false', '-p', `${root}/${room}`])
  return output.trim()
}

const usesDom = 'export const title: string = document.title\n'
const usesNode = 'export const id: number = process.pid\n'

test.each([
  ['shared', 'tsconfig.json', usesDom, 'document'],
  ['shared', 'tsconfig.json', usesNode, 'process'],
  ['renderer', 'tsconfig.json', usesNode, 'process'],
  ['electron', 'tsconfig.json', usesDom, 'document'],
  ['electron', 'tsconfig.preload.json', usesNode, 'process'],
  ['cli', 'tsconfig.json', usesDom, 'document'],
])('%s (%s) has no `%s`', async (room, config, text, name) => {
  expect(await compile(room, config, text)).toContain(`Cannot find name '${name}'`)
})

test.each([
  ['renderer', 'tsconfig.json', usesDom],
  ['electron', 'tsconfig.json', usesNode],
  ['electron', 'tsconfig.preload.json', usesDom],
  ['cli', 'tsconfig.json', usesNode],
])('%s (%s) has the globals of its own environment', async (room, config, text) => {
  expect(await compile(room, config, text)).toBe('')
})

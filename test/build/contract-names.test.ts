import { readFileSync } from 'node:fs'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { contractNamesPlugin } from '../../build/contract-names-plugin.ts'
import { inProject } from '../../build/paths.mjs'
import { eventNames, faceCallNames, mainCallNames } from '../../shared/ipc/names'

/** What the build makes of `names.ts`. */
const built = async (plugins: readonly ReturnType<typeof contractNamesPlugin>[]): Promise<string> => {
  const result = await build({
    configFile: false,
    envDir: false,
    publicDir: false,
    logLevel: 'silent',
    root: inProject(),
    plugins: [...plugins],
    build: {
      write: false,
      lib: { entry: inProject('shared/ipc/names.ts'), formats: ['es'], fileName: 'names' },
    },
  })
  const [first] = Array.isArray(result) ? result : [result]
  return first && 'output' in first ? first.output[0].code : ''
}

test('the build makes the lists of names of the contract, and leaves the contract out', async () => {
  const code = await built([contractNamesPlugin()])
  const lists = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  expect(lists).toMatchObject({ faceCallNames, mainCallNames, eventNames })
  expect(code).not.toContain('ZodType')
  // Without it the whole contract would lie in every window.
  expect((await built([])).length).toBeGreaterThan(10 * code.length)
})

test('the preload script that was built holds the names and no schema', () => {
  const code = readFileSync(inProject('.vite/build/preload.cjs'), 'utf8')
  for (const name of faceCallNames) expect(code).toContain(`"${name}"`)
  expect(code).not.toMatch(/ZodType|strictObject/)
})

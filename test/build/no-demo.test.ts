import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'
import { expect, test } from 'vitest'
import { inProject } from '../../build/paths.mjs'
import { targets } from '../../build/targets.mjs'
import { demoTracesIn } from '../support/demo-traces'

test('the built page holds nothing of the demo, and no target of the build is made from it', () => {
  expect(demoTracesIn(inProject('.vite', 'renderer'))).toEqual([])
  expect(targets.filter(({ entry, output }) => `${entry} ${output}`.includes('demo'))).toEqual([])
})

test('a page with the demo in it would be found out, by its words and by its sources', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'siegel-demo-'))
  try {
    writeFileSync(join(folder, 'package.json'), '{}')
    await build({
      configFile: false,
      envDir: false,
      publicDir: false,
      logLevel: 'silent',
      root: inProject(),
      build: {
        outDir: join(folder, 'out'),
        sourcemap: true,
        lib: { entry: inProject('renderer/demo/fake-host.ts'), formats: ['es'], fileName: 'page' },
      },
    })
    const traces = demoTracesIn(join(folder, 'out'))
    expect(traces.filter(trace => trace.startsWith('page.js:')).length).toBeGreaterThan(10)
    expect(traces.filter(trace => trace.startsWith('page.js.map:')).length).toBeGreaterThan(5)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

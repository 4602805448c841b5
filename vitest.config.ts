import { configDefaults, defineConfig } from 'vitest/config'
import { pageScriptsPlugin } from './build/page-scripts-plugin.ts'
import { isNewEnough, tooOld } from './build/tooling-node.mjs'

// The store's native part would end an older Node with SIGSEGV, which tells nobody what is wrong.
if (!isNewEnough(process.version)) {
  process.stderr.write(`siegel: ${tooOld(process.version)}\n`)
  process.exit(1)
}

const seconds = 1000

/** Tests that share a screen, servers or the whole machine run one file after the other. */
const oneByOne = { fileParallelism: false, maxWorkers: 1 }

export default defineConfig({
  plugins: [pageScriptsPlugin()],
  test: {
    environment: 'node',
    restoreMocks: true,
    unstubEnvs: true,
    // Limits are for what hangs, not for what is slow: a loaded machine must not fail a test.
    hookTimeout: 120 * seconds,
    // Vitest leaves one core to the terminal; on two cores that is half of them.
    maxWorkers: '100%',
    exclude: [...configDefaults.exclude, 'test/**/fixtures/**'],
    projects: [
      {
        extends: true,
        test: { name: 'unit', include: ['test/unit/**/*.test.{ts,tsx}'], testTimeout: 120 * seconds },
      },
      {
        extends: true,
        test: {
          name: 'build',
          include: ['test/build/**/*.test.ts'],
          exclude: ['test/build/package.test.ts', 'test/**/fixtures/**'],
          testTimeout: 240 * seconds,
        },
      },
      {
        extends: true,
        test: { name: 'migrations', include: ['test/migrations/**/*.test.ts'], testTimeout: 120 * seconds },
      },
      {
        extends: true,
        test: { name: 'wire', include: ['test/wire/**/*.test.ts'], testTimeout: 120 * seconds },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['test/integration/**/*.test.ts'],
          testTimeout: 240 * seconds,
          ...oneByOne,
        },
      },
      {
        extends: true,
        test: {
          name: 'leak',
          include: ['test/leak/**/*.test.ts'],
          testTimeout: 240 * seconds,
          ...oneByOne,
        },
      },
      {
        extends: true,
        test: {
          name: 'e2e',
          include: ['test/e2e/**/*.test.ts'],
          testTimeout: 240 * seconds,
          expect: { poll: { timeout: 30 * seconds } },
          ...oneByOne,
        },
      },
      {
        extends: true,
        test: {
          name: 'package',
          include: ['test/build/package.test.ts'],
          testTimeout: 300 * seconds,
          hookTimeout: 300 * seconds,
          ...oneByOne,
        },
      },
    ],
  },
})

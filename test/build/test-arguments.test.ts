import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { inProject } from '../../build/paths.mjs'
import { needsOf, readTestArguments, testFiles } from '../../build/test-arguments.mjs'
import { sourceTree } from '../support/source-tree'

const files = [
  'test/unit/shared/address.test.ts',
  'test/unit/renderer/list.test.tsx',
  'test/wire/smtp-refusals.test.ts',
  'test/build/layers.test.ts',
  'test/build/package.test.ts',
  'test/migrations/0002.test.ts',
  'test/integration/sync.test.ts',
  'test/leak/dns.test.ts',
  'test/e2e/profile/lock.test.ts',
  'test/e2e/support/launch.ts',
  'test/e2e/fixtures/old.test.ts',
]

const tree = () => sourceTree(tmpdir(), Object.fromEntries(files.map(file => [file, ''])))
const read = (...args: string[]) => readTestArguments(args, { root: tree() })

test('what is no test file is none: support, fixtures', () => {
  expect(testFiles(tree()).sort()).toEqual(files.slice(0, 9).sort())
})

test('no argument wants everything, and everything that it needs', () => {
  const wanted = read()
  expect(wanted).toEqual({ stages: [], runs: [], unknown: [] })
  expect(needsOf(wanted)).toEqual({ servers: true, window: true, outputs: true })
})

describe('stages', () => {
  test.each([
    ['unit', false],
    ['check', false],
    ['electron', true],
    ['integration', true],
    ['leak', true],
    ['e2e', true],
    ['package', true],
  ])('%s asks for servers: %s', (stage, servers) => {
    const wanted = read(stage)
    expect(wanted).toMatchObject({ stages: [stage], runs: [], unknown: [] })
    expect(needsOf(wanted).servers).toBe(servers)
  })
})

describe('files', () => {
  test.each([
    ['test/unit/shared/address.test.ts', 'unit', 'node', false],
    ['test/unit/renderer/list.test.tsx', 'unit', 'node', false],
    ['test/wire/smtp-refusals.test.ts', 'wire', 'node', false],
    ['test/migrations/0002.test.ts', 'migrations', 'node', false],
    ['test/build/layers.test.ts', 'build', 'node', false],
    ['test/build/package.test.ts', 'package', 'node', true],
    ['test/integration/sync.test.ts', 'integration', 'node', true],
    ['test/leak/dns.test.ts', 'leak', 'desktop', true],
    ['test/e2e/profile/lock.test.ts', 'e2e', 'desktop', true],
  ])('%s is of project %s, runs on %s, asks for servers: %s', (file, project, where, servers) => {
    const wanted = read(file)
    expect(wanted.runs).toEqual([{ where, projects: [project], files: [file] }])
    expect(needsOf(wanted).servers).toBe(servers)
  })

  test('several run together where they may, and apart where one needs the machine', () => {
    const { runs } = read(
      ...files.slice(0, 3),
      'test/e2e/profile/lock.test.ts',
      'test/integration/sync.test.ts',
    )
    expect(runs).toEqual([
      { where: 'node', projects: ['unit', 'wire'], files: files.slice(0, 3) },
      { where: 'desktop', projects: ['e2e'], files: ['test/e2e/profile/lock.test.ts'] },
      { where: 'node', projects: ['integration'], files: ['test/integration/sync.test.ts'] },
    ])
  })

  test('a folder means its tests, a part of a name those that carry it, a file named twice runs once', () => {
    expect(read('test/unit').runs).toEqual([
      { where: 'node', projects: ['unit'], files: expect.arrayContaining(files.slice(0, 2)) },
    ])
    expect(read('lock').runs).toEqual([
      { where: 'desktop', projects: ['e2e'], files: ['test/e2e/profile/lock.test.ts'] },
    ])
    expect(read('address.test.ts', 'test/unit/shared').runs.flatMap(run => run.files)).toEqual([files[0]])
  })

  test('a path is meant from where the person stands', () => {
    const root = tree()
    for (const argument of ['lock.test.ts', './lock.test.ts', join(root, 'test/e2e/profile/lock.test.ts')])
      expect(readTestArguments([argument], { root, from: join(root, 'test/e2e/profile') }).runs).toEqual([
        { where: 'desktop', projects: ['e2e'], files: ['test/e2e/profile/lock.test.ts'] },
      ])
  })

  test('stages and files can be named together', () => {
    expect(read('check', 'layers')).toMatchObject({
      stages: ['check'],
      runs: [{ files: ['test/build/layers.test.ts'] }],
    })
  })
})

test.each(['untit', 'test/unit/none.test.ts', 'test/e2e/support/launch.ts', '--watch', ''])(
  '"%s" is said to be nothing, and nothing runs in its place',
  argument => {
    expect(read(argument)).toEqual({ stages: [], runs: [], unknown: [argument] })
  },
)

test('every test of this project is of a project', () => {
  const { runs, unknown } = readTestArguments(['test'], { root: inProject() })
  expect(unknown).toEqual([])
  expect(runs.flatMap(run => run.files).sort()).toEqual(testFiles(inProject()).sort())
})

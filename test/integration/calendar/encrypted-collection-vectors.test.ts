import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'

const reader = new URL('read-encrypted-collection.py', import.meta.url).pathname
const file = new URL('../../../docs/formats/encrypted-collections-vectors.json', import.meta.url)
const home = mkdtempSync(join(tmpdir(), 'sg-gpg-'))

afterAll(() => {
  spawnSync('gpgconf', ['--homedir', home, '--kill', 'all'])
  rmSync(home, { recursive: true, force: true })
})

test('a reader that was written from the page alone, on gpg and Python, reads the vectors and refuses the same', () => {
  const text = readFileSync(file, 'utf8')
  const { objects } = JSON.parse(text) as {
    objects: { name: string; inside: string | null; refusal: string | null }[]
  }
  const answers = JSON.parse(
    execFileSync('/usr/bin/python3', [reader, home], { input: text, encoding: 'utf8' }),
  ) as unknown
  expect(answers).toEqual(
    objects.map(({ name, inside, refusal }) => (inside === null ? { name, refusal } : { name, inside })),
  )
})

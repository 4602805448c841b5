import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'

/** Writes a small tree of files that lives as long as the running test, below `parent`; returns its root. */
export const sourceTree = (parent: string, files: Record<string, string>): string => {
  mkdirSync(parent, { recursive: true })
  const root = mkdtempSync(join(parent, 'tree-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
  return root
}

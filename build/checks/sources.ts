// Reads the project's sources with a real parser, for the checks that guard its walls.
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, posix, relative } from 'node:path'
import { type Node, type ParseResult, parseSync } from 'oxc-parser'

/** One parsed file; `path` is relative to the tree's root, with forward slashes. */
export interface Source {
  readonly path: string
  readonly text: string
  readonly parsed: ParseResult
}

/** One import. `target` is the project file it leads to, or the bare name of a package or Node module. */
export interface Import {
  readonly from: string
  readonly line: number
  readonly target: string
  readonly kind: 'file' | 'package' | 'node' | 'missing'
  readonly isTypeOnly: boolean
  /** Names taken from the target; `*` for the whole of it. */
  readonly names: readonly string[]
}

/** One breach of a rule, as it is printed. */
export interface Violation {
  readonly path: string
  readonly line: number
  readonly message: string
}

const extensions = /\.(ts|tsx|mts|mjs)$/

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => {
    if (entry.name.startsWith('.') || entry.name === 'node_modules' || entry.name === 'fixtures') return []
    const path = join(folder, entry.name)
    if (entry.isDirectory()) return filesUnder(path)
    return extensions.test(entry.name) ? [path] : []
  })

/** Several checks look at the same files, which do not change while they run. */
const known = new Map<string, Source[]>()

/** Every source below the named folders of a tree; folders that do not exist count as empty. */
export const readSources = (root: string, folders: readonly string[]): Source[] =>
  folders.flatMap(folder => {
    const place = join(root, folder)
    const sources = known.get(place) ?? (existsSync(place) ? parseFolder(root, place) : [])
    known.set(place, sources)
    return sources
  })

const parseFolder = (root: string, folder: string): Source[] =>
  filesUnder(folder).map(file => {
    const path = relative(root, file).split('\\').join('/')
    const text = readFileSync(file, 'utf8')
    const parsed = parseSync(path, text, { sourceType: 'module' })
    if (parsed.errors.length > 0) throw new Error(`${path} cannot be parsed: ${parsed.errors[0]?.message}`)
    return { path, text, parsed }
  })

/** The line, counted from 1, on which a character stands. */
export const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length

const nodeModules = new Set(builtinModules)

const resolveFile = (root: string, from: string, specifier: string): string | undefined => {
  const base = posix.normalize(posix.join(dirname(from), specifier.split('?')[0] ?? specifier))
  const candidates = [
    base,
    ...['.ts', '.tsx', '.mts', '.mjs', '.d.ts', '/index.ts', '/index.tsx'].map(end => base + end),
  ]
  return candidates.find(path => existsSync(join(root, path)) && statSync(join(root, path)).isFile())
}

const packageName = (specifier: string): string =>
  specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/')

const classify = (root: string, from: string, specifier: string): Pick<Import, 'target' | 'kind'> => {
  if (specifier.startsWith('.')) {
    const target = resolveFile(root, from, specifier)
    return target ? { target, kind: 'file' } : { target: specifier, kind: 'missing' }
  }
  const bare = specifier.replace(/^node:/, '')
  if (specifier.startsWith('node:') || nodeModules.has(bare)) return { target: bare, kind: 'node' }
  return { target: packageName(specifier), kind: 'package' }
}

/** Whether something found in a tree is itself a part of the tree. */
export const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value

const walk = (node: Node, look: (node: Node) => void): void => {
  look(node)
  for (const [part, value] of Object.entries(node)) {
    if (part === 'parent') continue
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) walk(child, look)
  }
}

/** Everything a file imports, re-exports or loads later; `require` and computed names do not occur in our sources. */
export const importsOf = (root: string, { path, text, parsed }: Source): Import[] => {
  const found: { specifier: string; start: number; isTypeOnly: boolean; names: string[] }[] = []
  for (const { moduleRequest, entries } of parsed.module.staticImports)
    found.push({
      specifier: moduleRequest.value,
      start: moduleRequest.start,
      isTypeOnly: entries.length > 0 && entries.every(entry => entry.isType),
      names: entries
        .filter(entry => !entry.isType)
        .map(({ importName }) => (importName.kind === 'Name' ? (importName.name ?? '*') : '*')),
    })
  for (const { entries } of parsed.module.staticExports)
    for (const { moduleRequest, isType, importName } of entries)
      if (moduleRequest)
        found.push({
          specifier: moduleRequest.value,
          start: moduleRequest.start,
          isTypeOnly: isType,
          names: [importName.kind === 'Name' ? (importName.name ?? '*') : '*'],
        })
  for (const { moduleRequest } of parsed.module.dynamicImports)
    found.push({
      specifier: text.slice(moduleRequest.start, moduleRequest.end).replace(/^['"`]|['"`]$/g, ''),
      start: moduleRequest.start,
      isTypeOnly: false,
      names: ['*'],
    })
  // Types that are named where they are used: `import('./b').B`.
  if (text.split('import(').length - 1 > parsed.module.dynamicImports.length)
    walk(parsed.program, node => {
      if (node.type === 'TSImportType')
        found.push({ specifier: node.source.value, start: node.start, isTypeOnly: true, names: [] })
    })
  return found.map(({ specifier, start, isTypeOnly, names }) => ({
    from: path,
    line: lineOf(text, start),
    isTypeOnly,
    names,
    ...classify(root, path, specifier),
  }))
}

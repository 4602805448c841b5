// The rules of the house that are about names, sizes and words, not about who imports whom (those are in `layer-rules.ts`).
import { basename, dirname } from 'node:path'
import type { Node } from 'oxc-parser'
import { largeFolders, largeNeeds, namedForFeature, ownTables, sharedTables } from './house-exceptions.ts'
import { importsOf, isNode, lineOf, readSources, type Source, type Violation } from './sources.ts'

const program = ['shared', 'electron', 'renderer', 'cli']

/** More than these are hard to look over. */
const filesInFolder = 15

/** Parts that a use case takes of the engine, and of the store: more is a bag of everything. */
const partsOfNeeds = 10

const visit = (node: Node, look: (node: Node) => void): void => {
  look(node)
  for (const [part, value] of Object.entries(node)) {
    if (part === 'parent') continue
    for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child, look)
  }
}

/** Folders that hold more than can be looked over. */
export const largeFolderComplaints = (
  paths: readonly string[],
  allowed: typeof largeFolders = largeFolders,
): Violation[] => {
  const counts = new Map<string, number>()
  for (const path of paths) counts.set(dirname(path), (counts.get(dirname(path)) ?? 0) + 1)
  const tooMany = [...counts].flatMap(([path, count]) => {
    const limit = allowed[path]?.files ?? filesInFolder
    const message = `holds ${count} files, ${limit} at most: give it sub-folders named for what they hold`
    return count > limit ? [{ path, line: 1, message }] : []
  })
  const idle = Object.keys(allowed).flatMap(path =>
    (counts.get(path) ?? 0) <= filesInFolder
      ? [{ path, line: 1, message: 'needs no exception for its size any more: take it out of the list' }]
      : [],
  )
  return [...tooMany, ...idle]
}

/** A name inside a feature does not repeat the feature's: the folder says it. */
export const repeatedNameComplaints = (
  paths: readonly string[],
  allowed: typeof namedForFeature = namedForFeature,
): Violation[] =>
  paths.flatMap(path => {
    const feature = /\/features\/([^/]+)\//.exec(path)?.[1]
    if (feature === undefined || Object.hasOwn(allowed, path)) return []
    return basename(path).startsWith(`${feature}-`)
      ? [{ path, line: 1, message: `repeats the name of its feature, ${feature}` }]
      : []
  })

const textOf = (node: Node): string | undefined => {
  if (node.type === 'Literal' && typeof node.value === 'string') return node.value
  return node.type === 'TemplateElement' ? node.value.raw : undefined
}

/** Tables named in SQL of a file. */
const tablesIn = (source: Source): { table: string; line: number }[] => {
  const found: { table: string; line: number }[] = []
  visit(source.parsed.program, node => {
    const text = textOf(node)
    if (text === undefined) return
    for (const [, table = ''] of text.matchAll(/\b(?:FROM|INTO|UPDATE|JOIN)\s+([a-z_]+)/g))
      found.push({ table, line: lineOf(source.text, node.start) })
  })
  return found
}

/** The store and the kit know no feature, also not by the names of its tables: features hand in what they want done. */
const tableComplaints = (sources: readonly Source[]): Violation[] => {
  const declared = sources
    .filter(({ path }) => /^electron\/engine\/([^/]+|features\/[^/]+\/store)\/tables\.ts$/.test(path))
    .map(({ text }) => text)
    .join('\n')
  const ofFeatures = new Set(
    [...declared.matchAll(/name: '([a-z_]+)'/g)]
      .map(([, name = '']) => name)
      .filter(name => !ownTables.includes(name)),
  )
  return sources
    .filter(({ path }) => /^electron\/engine\/(store(?!\/schema\/)|kit)\//.test(path))
    .flatMap(source => {
      const allowed = sharedTables[source.path]?.tables ?? []
      const used = tablesIn(source)
      const idle = allowed.filter(table => !used.some(each => each.table === table))
      return [
        ...used
          .filter(({ table }) => ofFeatures.has(table) && !allowed.includes(table))
          .map(({ table, line }) => ({
            path: source.path,
            line,
            message: `knows the table ${table} of a feature, which should hand in what it wants done (compose/open-store.ts)`,
          })),
        ...idle.map(table => ({
          path: source.path,
          line: 1,
          message: `needs no exception for the table ${table} any more: take it out of the list`,
        })),
      ]
    })
}

const membersOf = (type: Node): number => {
  if (type.type === 'TSUnionType') return type.types.length
  return type.type === 'TSNeverKeyword' ? 0 : 1
}

/** Use cases say what they take, and take a handful. */
const needsComplaints = (sources: readonly Source[]): Violation[] =>
  sources
    .filter(({ path }) => /^electron\/engine\/features\/[^/]+\/app\//.test(path))
    .flatMap(source => {
      const found: Violation[] = []
      const limit = largeNeeds[source.path]?.parts ?? partsOfNeeds
      // `EngineParts['x']` and `Pick<EngineParts, 'x'>` name one part.
      const narrowed = new Set<Node>()
      const complain = (node: Node, message: string): void => {
        found.push({ path: source.path, line: lineOf(source.text, node.start), message })
      }
      visit(source.parsed.program, node => {
        if (node.type === 'TSIndexedAccessType') narrowed.add(node.objectType)
        if (node.type !== 'TSTypeReference' || node.typeName.type !== 'Identifier') return
        const [first] = node.typeArguments?.params ?? []
        if (node.typeName.name === 'Pick' && first) narrowed.add(first)
        if (node.typeName.name === 'EngineParts' && !narrowed.has(node))
          complain(node, 'takes all parts of the engine: say which with Needs')
        if (node.typeName.name !== 'Needs') return
        for (const part of node.typeArguments?.params ?? []) {
          const count = membersOf(part)
          if (count > limit) complain(node, `takes ${count} parts, ${limit} at most: split it`)
        }
      })
      return found
    })

/** Words of which one was chosen: `use` stands for what `word` said. */
const oneWord: readonly Readonly<{ word: RegExp; use: string; where: RegExp }>[] = [
  { word: /^(folder(Id|Role|Path|Name)|mailBox.*)$/, use: 'mailbox', where: /^(shared|electron)\// },
  { word: /^(mailId|msgId|messageID)$/, use: 'messageId', where: /./ },
  { word: /^(passPhrase.*|masterPassword.*)$/, use: 'passphrase', where: /./ },
  { word: /^(fingerPrint.*|thumbprint.*)$/, use: 'fingerprint', where: /./ },
  { word: /^(proxyServer|torProxy)$/, use: 'route', where: /^(shared|electron)\// },
]

const wordComplaints = (sources: readonly Source[]): Violation[] =>
  sources.flatMap(source => {
    const found: Violation[] = []
    const rules = oneWord.filter(({ where }) => where.test(source.path))
    visit(source.parsed.program, node => {
      if (node.type !== 'Identifier') return
      for (const { word, use } of rules)
        if (word.test(node.name))
          found.push({
            path: source.path,
            line: lineOf(source.text, node.start),
            message: `says ${node.name}; the word for it here is ${use} (docs/GLOSSARY.md)`,
          })
    })
    return found
  })

/** What joins features, one line each, in each process. */
const joins = [
  'shared/features/features.ts',
  'electron/engine/compose/features.ts',
  'renderer/features/index.ts',
  'cli/kit/all-verbs.ts',
]

/** The feature that a file belongs to, with its folder. */
const folderOfFeature = (path: string): string | undefined =>
  /^(.*\/features\/[^/]+\/|cli\/verbs\/[^/]+\/)/.exec(path)?.[1]

/** A feature is known by its one object: whatever lists parts of it besides makes a new one touch one place more. */
const joinComplaints = (root: string, sources: readonly Source[]): Violation[] =>
  sources.flatMap(source =>
    importsOf(root, source)
      .filter(
        ({ kind, target }) =>
          kind === 'file' &&
          /\/(feature|stale|commands|verbs|store\/(tables|checks)|words\/words)\.ts$/.test(target) &&
          folderOfFeature(target) !== undefined &&
          folderOfFeature(target) !== folderOfFeature(source.path) &&
          !joins.includes(source.path),
      )
      .map(({ target, line }) => ({
        path: source.path,
        line,
        message: `imports ${target}: features are listed in ${joins.join(', ')} alone`,
      })),
  )

/** Every breach of the rules about names, sizes and words. */
export const houseViolations = (root: string): Violation[] => {
  const sources = readSources(root, program)
  const paths = [...sources, ...readSources(root, ['build'])].map(({ path }) => path)
  return [
    ...largeFolderComplaints(paths),
    ...repeatedNameComplaints(paths),
    ...tableComplaints(sources),
    ...needsComplaints(sources),
    ...wordComplaints(sources),
    ...joinComplaints(root, sources),
  ]
}

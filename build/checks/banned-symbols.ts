import type { MemberExpression, Node } from 'oxc-parser'
import { importsOf, isNode, lineOf, readSources, type Source, type Violation } from './sources.ts'
import { type ModuleRule, moduleRules, type NameRule, nameRules } from './symbol-rules.ts'

const program = ['shared', 'renderer', 'electron', 'cli']
const everything = [...program, 'test', 'build']

const moduleComplaints = (root: string, source: Source, rules: readonly ModuleRule[]): Violation[] =>
  importsOf(root, source)
    .filter(found => found.kind !== 'file' && !found.isTypeOnly)
    .flatMap(found =>
      rules
        .filter(rule => rule.only?.test(source.path) ?? true)
        .filter(rule => rule.modules.test(found.target) && !rule.allowed.test(source.path))
        .flatMap(rule => {
          const taken = takenNames(rule, found.names)
          return taken === undefined
            ? []
            : [
                {
                  path: source.path,
                  line: found.line,
                  message: `takes ${taken} from ${found.target}: ${rule.reason}`,
                },
              ]
        }),
    )

const takenNames = (rule: ModuleRule, names: readonly string[]): string | undefined => {
  const { names: banned } = rule
  if (!banned) return 'anything'
  if (names.includes('*') || names.includes('default')) return 'everything'
  const taken = names.filter(name => banned.test(name))
  return taken.length > 0 ? taken.join(', ') : undefined
}

/** Parts of a node that name something without using it as a value. */
const namingParts: Record<string, readonly string[]> = {
  Property: ['key'],
  MethodDefinition: ['key'],
  PropertyDefinition: ['key'],
  AccessorProperty: ['key'],
  TSPropertySignature: ['key', 'typeAnnotation'],
  TSMethodSignature: ['key', 'params', 'returnType'],
  MemberExpression: ['property'],
  ImportSpecifier: ['imported', 'local'],
  ImportDefaultSpecifier: ['local'],
  ImportNamespaceSpecifier: ['local'],
  ExportSpecifier: ['exported'],
  LabeledStatement: ['label'],
  TSEnumMember: ['id'],
  JSXMemberExpression: ['property'],
}

/** Types say what a thing is and do nothing. */
const isTypeNode = (node: Node): boolean =>
  node.type === 'TSTypeAnnotation' ||
  node.type === 'TSInterfaceDeclaration' ||
  node.type === 'TSTypeAliasDeclaration' ||
  node.type === 'TSTypeParameterInstantiation'

const globalObjects = new Set(['globalThis', 'window', 'self', 'global'])

const memberName = (node: MemberExpression): string | undefined => {
  if (!node.computed && node.property.type === 'Identifier') return node.property.name
  return node.property.type === 'Literal' && typeof node.property.value === 'string'
    ? node.property.value
    : undefined
}

/** The names a node uses, in the three spellings of NameRule. */
const usedNames = (node: Node): string[] => {
  switch (node.type) {
    case 'Identifier':
      return [node.name]
    case 'MemberExpression': {
      const property = memberName(node)
      if (property === undefined) return []
      if (node.object.type !== 'Identifier') return [`.${property}`]
      const owner = node.object.name
      return globalObjects.has(owner) ? [property, `.${property}`] : [`${owner}.${property}`, `.${property}`]
    }
    case 'JSXAttribute':
      return node.name.type === 'JSXIdentifier' ? [`.${node.name.name}`] : []
    case 'Property': {
      // const { random } = Math and { dangerouslySetInnerHTML: ... } handed on to an element
      return node.key.type === 'Identifier' ? [`.${node.key.name}`] : []
    }
    case 'VariableDeclarator': {
      const { id, init } = node
      if (id.type !== 'ObjectPattern' || init?.type !== 'Identifier') return []
      return id.properties.flatMap(property =>
        property.type === 'Property' && property.key.type === 'Identifier'
          ? [globalObjects.has(init.name) ? property.key.name : `${init.name}.${property.key.name}`]
          : [],
      )
    }
    default:
      return []
  }
}

const nameComplaints = (source: Source, rules: readonly NameRule[]): Violation[] => {
  const byName = Map.groupBy(
    rules.filter(rule => (rule.only?.test(source.path) ?? true) && !rule.allowed.test(source.path)),
    rule => rule.name,
  )
  const found: Violation[] = []
  const visit = (node: Node): void => {
    if (isTypeNode(node)) return
    for (const name of usedNames(node))
      for (const rule of byName.get(name) ?? [])
        found.push({
          path: source.path,
          line: lineOf(source.text, node.start),
          message: `uses ${name.replace(/^\./, '')}: ${rule.reason}`,
        })
    const skipped = 'computed' in node && node.computed ? [] : (namingParts[node.type] ?? [])
    for (const [part, value] of Object.entries(node)) {
      if (part === 'parent' || skipped.includes(part)) continue
      for (const child of Array.isArray(value) ? value : [value]) if (isNode(child)) visit(child)
    }
  }
  visit(source.parsed.program)
  return found
}

/** Every use of a name outside the room it belongs to. */
export const bannedSymbols = (root: string): Violation[] =>
  readSources(root, everything).flatMap(source => {
    const isProgram = program.some(folder => source.path.startsWith(`${folder}/`))
    const held = <T extends ModuleRule | NameRule>(rules: readonly T[]): readonly T[] =>
      isProgram ? rules : rules.filter(rule => rule.everywhere)
    return [...moduleComplaints(root, source, held(moduleRules)), ...nameComplaints(source, held(nameRules))]
  })

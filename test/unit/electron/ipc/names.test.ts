import { expect, test } from 'vitest'
import { z } from 'zod'
import { contract } from '../../../../shared/ipc/contract'
import { faceCallNames, mainCallNames } from '../../../../shared/ipc/names'
import { secretFields } from '../../../../shared/ipc/secrets'

test('every call that carries a path or raw mail is kept from the page', () => {
  for (const name of [
    'mail.import',
    'mail.export',
    'store.backup',
    'attachments.save',
    'messages.raw',
    'certificates.pin',
  ])
    expect(faceCallNames).not.toContain(name)
})

type JsonSchema = { properties?: Record<string, JsonSchema>; anyOf?: JsonSchema[]; oneOf?: JsonSchema[] }

/** Where a schema wants the number of a kept secret, by dotted path. */
const secretsIn = (schema: JsonSchema, path = ''): string[] => {
  const fields = Object.entries(schema.properties ?? {})
  if (fields.length === 1 && fields[0]?.[0] === 'secret') return [path]
  return [
    ...fields.flatMap(([name, value]) => secretsIn(value, path === '' ? name : `${path}.${name}`)),
    ...[...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].flatMap(value => secretsIn(value, path)),
  ]
}

test('the preload takes out exactly the secrets that are wanted as numbers, and no other', () => {
  const wanted = Object.entries(contract).flatMap(([name, entry]) => {
    if (entry.face !== 'all') return []
    const schema = z.toJSONSchema(entry.in, { unrepresentable: 'any', io: 'input' }) as JsonSchema
    const secrets = secretsIn(schema)
    return secrets.length > 0 ? [[name, secrets.sort()] as const] : []
  })
  expect(Object.fromEntries(wanted)).toEqual(
    Object.fromEntries(Object.entries(secretFields).map(([name, fields]) => [name, [...fields].sort()])),
  )
})

test('no call that main answers has a field that sounds like a secret and is text', () => {
  for (const name of mainCallNames) {
    // The login of somebody else's proxy: main's own window asks about the route with it.
    if (name === 'accounts.setRoute') continue
    const schema = JSON.stringify(z.toJSONSchema(contract[name].in, { unrepresentable: 'any', io: 'input' }))
    expect(schema, name).not.toMatch(/"[a-z]*(passphrase|password|code)":\{"type":"string"/i)
  }
})

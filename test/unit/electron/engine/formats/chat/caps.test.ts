import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { capsElement, discoAnswer } from '../../../../../../electron/engine/formats/chat/caps'
import { childrenOf, el } from '../../../../../../electron/engine/ports/chat/element'
import { serialize } from '../../../../../../electron/engine/ports/chat/serialize'

const info = 'http://jabber.org/protocol/disco#info'
const caps = capsElement()
const named = `${caps.attributes.get('node')}#${caps.attributes.get('ver')}`
const answer = discoAnswer(el('query', info, { node: named }))!

/** The string of XEP-0115 §5.1, made of an answer as a server makes it to see whether the hash is honest. */
const verification = (): string => {
  const identities = childrenOf(answer, info, 'identity').map(each => {
    const { category = '', type = '', name = '' } = Object.fromEntries(each.attributes)
    return `${category}/${type}//${name}<`
  })
  const features = childrenOf(answer, info, 'feature').map(each => `${each.attributes.get('var')}<`)
  return [...identities.sort(), ...features.sort()].join('')
}

test('the hash in each presence is the one of the answer, so that servers send the news that are wanted', () => {
  expect(caps.attributes.get('hash')).toBe('sha-1')
  expect(caps.attributes.get('ver')).toBe(createHash('sha1').update(verification()).digest('base64'))
  const wanted = childrenOf(answer, info, 'feature').flatMap(each => each.attributes.get('var') ?? [])
  for (const node of [
    'eu.siacs.conversations.axolotl.devicelist',
    'urn:xmpp:omemo:2:devices',
    'urn:xmpp:bookmarks:1',
  ])
    expect(wanted).toContain(`${node}+notify`)
})

test('it names no program, no version and no machine, and answers for nothing else', () => {
  expect(serialize(answer) + serialize(caps)).not.toMatch(/siegel|name=|iq:version|linux|darwin|win32/i)
  expect(discoAnswer(el('query', info, {}))).not.toBeNull()
  expect(discoAnswer(el('query', info, { node: 'http://other.example#x' }))).toBeNull()
})

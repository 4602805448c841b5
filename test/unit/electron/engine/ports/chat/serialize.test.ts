import { SaxesParser } from 'saxes'
import { describe, expect, it } from 'vitest'
import {
  attributeOf,
  childOf,
  childrenOf,
  el,
  textOf,
} from '../../../../../../electron/engine/ports/chat/element'
import { serialize } from '../../../../../../electron/engine/ports/chat/serialize'

describe('writing an element', () => {
  it('declares a namespace where it changes and nowhere else', () => {
    const message = el(
      'message',
      'jabber:client',
      { to: 'a@b', type: undefined },
      el('body', 'jabber:client', {}, 'Hallo'),
      el('x', 'urn:x', {}, el('y', 'urn:x'), el('z', 'jabber:client')),
    )
    expect(serialize(message)).toBe(
      "<message to='a@b'><body>Hallo</body><x xmlns='urn:x'><y/><z xmlns='jabber:client'/></x></message>",
    )
  })

  it('keeps text and elements in their order', () => {
    const mixed = el('a', 'u', {}, 'one', el('b', 'u'), 'two')
    expect(serialize(mixed, 'u')).toBe('<a>one<b/>two</a>')
    expect(textOf(mixed)).toBe('onetwo')
  })

  it.each(['<&>"\'', 'a\r\nb\tc', ']]>', '\u0000\u0008x\ufffe', 'a\ud800b', '😀', '<!-- -->'])(
    'is read back as it was, but for what XML has no way to write: %j',
    text => {
      const written = serialize(el('a', 'u', { at: text, '{urn:q}k': text }, text), 'elsewhere')
      let inside = ''
      let attribute: string | undefined
      let own: string | undefined
      const parser = new SaxesParser({ xmlns: true })
      parser.on('error', error => {
        throw error
      })
      parser.on('text', piece => {
        inside += piece
      })
      parser.on('opentag', tag => {
        attribute = tag.attributes.at?.value
        own = Object.values(tag.attributes).find(({ uri }) => uri === 'urn:q')?.value
      })
      parser.write(written).close()
      const writable = text.replace('\u0000\u0008', '').replace('\ufffe', '').replace('\ud800', '')
      expect([inside, attribute, own]).toEqual([writable, writable, writable])
    },
  )
})

describe('looking into an element', () => {
  const element = el('a', 'u', { x: '1' }, el('b', 'u', { n: '1' }), 't', el('b', 'v'), el('b', 'u'))
  it('finds children by name and namespace', () => {
    expect(attributeOf(childOf(element, 'b', 'u'), 'n')).toBe('1')
    expect(childrenOf(element, 'u', 'b')).toHaveLength(2)
    expect(childrenOf(element)).toHaveLength(3)
    expect(childOf(element, 'c', 'u')).toBeUndefined()
  })
})

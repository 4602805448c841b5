import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { type Element, el, textOf } from '../../../../../../electron/engine/ports/chat/element'
import { serialize } from '../../../../../../electron/engine/ports/chat/serialize'
import { StreamParser, type StreamPart } from '../../../../../../electron/engine/xmpp/xml/stream-parser'

const header =
  "<?xml version='1.0'?><stream:stream xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' id='s1' version='1.0'>"
const bytes = (text: string) => Buffer.from(text, 'utf8')

function read(...pieces: (string | Uint8Array)[]): StreamPart[] {
  const parser = new StreamParser()
  return pieces.flatMap(piece => parser.feed(typeof piece === 'string' ? bytes(piece) : piece))
}
const elements = (parts: readonly StreamPart[]): Element[] =>
  parts.flatMap(part => (part.kind === 'element' ? [part.element] : []))

describe('reading a stream', () => {
  it('tells its header, each stanza as it is whole, and its end', () => {
    const parts = read(
      header,
      "<message from='a@b'><bo",
      'dy>Hi &amp; <![CDATA[<b>]]></body></message> ',
      '</stream:stream>',
    )
    expect(parts.map(({ kind }) => kind)).toEqual(['header', 'element', 'end'])
    expect(parts[0]?.kind === 'header' && parts[0].attributes.get('id')).toBe('s1')
    const body = elements(parts)[0]?.children[0] as Element
    expect([body.name, body.namespace, textOf(body)]).toEqual(['body', 'jabber:client', 'Hi & <b>'])
  })

  it('keeps text in its place among elements', () => {
    const [mixed] = elements(read(header, "<a xmlns='u'>one<b/>two&#33;<c/></a>"))
    expect(mixed?.children.map(child => (typeof child === 'string' ? child : child.name))).toEqual([
      'one',
      'b',
      'two!',
      'c',
    ])
  })

  it('says whether anything came behind a part', () => {
    const together = read(header, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><x xmlns='u'/>")
    expect(together.map(({ isLast }) => isLast)).toEqual([true, false, true])
    const begun = read(header, "<proceed xmlns='urn:ietf:params:xml:ns:xmpp-tls'/><x")
    expect(begun.at(-1)?.isLast).toBe(false)
  })

  it('reads what the writer wrote, cut anywhere', () => {
    const name = fc.constantFrom('a', 'body', 'x')
    const space = fc.constantFrom('jabber:client', 'urn:x', "urn:'&<")
    const text = fc.string({ unit: 'binary' }).map(piece =>
      // What XML cannot write is left out by the writer, and a return alone is an end of line.
      // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
      piece.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, ''),
    )
    const { tree } = fc.letrec<{ tree: Element }>(tie => ({
      tree: fc
        .tuple(
          name,
          space,
          fc.dictionary(name, text),
          fc.array(fc.oneof(text, tie('tree')), { maxLength: 3 }),
        )
        .map(([local, namespace, attributes, children]) => el(local, namespace, attributes, ...children)),
    }))
    const plain = (element: Element): unknown => [
      element.name,
      element.namespace,
      [...element.attributes].sort(),
      element.children.reduce<unknown[]>((all, child) => {
        const last = all.at(-1)
        if (typeof child !== 'string') all.push(plain(child))
        else if (child === '') return all
        else if (typeof last === 'string') all[all.length - 1] = last + child
        else all.push(child)
        return all
      }, []),
    ]
    fc.assert(
      fc.property(tree, fc.array(fc.nat({ max: 400 }), { maxLength: 4 }), (element, cuts) => {
        const whole = bytes(header + serialize(element))
        const at = [
          0,
          ...cuts.map(cut => Math.min(cut, whole.length)).sort((one, two) => one - two),
          whole.length,
        ]
        const pieces = at.slice(1).map((end, index) => whole.subarray(at[index], end))
        expect(elements(read(...pieces)).map(plain)).toEqual([plain(element)])
      }),
      { numRuns: 300 },
    )
  })
})

describe('a stream that is none', () => {
  const inside = (text: string) => () => read(header, text)
  it.each([
    ['a document type', () => read(`<!DOCTYPE x [<!ENTITY a 'b'>]>${header}`)],
    ['a comment', inside('<message><!-- c --></message>')],
    ['a comment between stanzas', inside('<!-- c -->')],
    ['a processing instruction', inside('<?php x?>')],
    ['an entity of its own', inside('<message>&lol;</message>')],
    ['a declaration in the middle', inside("<?xml version='1.0'?><a/>")],
    [
      'another encoding',
      () => read(`<?xml version='1.0' encoding='utf-16'?>${header.replace(/^<\?xml.*?\?>/, '')}`),
    ],
    ['a prefix that was not declared', inside('<x:message/>')],
    ['an attribute that comes twice', inside("<message to='a' to='b'/>")],
    ['twice by namespace', inside("<message xmlns:a='u' xmlns:b='u' a:to='a' b:to='b'/>")],
    ['what is not closed rightly', inside('<a></b>')],
    ['bare &', inside('<a>&</a>;')],
    ['] ] >', inside('<a>]]></a>')],
    ['text between stanzas', inside('hello<a/>')],
    ['bytes that are no UTF-8', () => read(header, Buffer.from([0x3c, 0x61, 0x3e, 0xc3, 0x28]))],
    ['halves of surrogate pairs', () => read(header, Buffer.from([0x3c, 0x61, 0x3e, 0xed, 0xa0, 0x80]))],
    ['overlong UTF-8', () => read(header, Buffer.from([0x3c, 0x61, 0x3e, 0xc0, 0xaf]))],
    ['a letter that XML has not', inside('<a>\u0001</a>')],
    ['the same as a reference', inside('<a>&#1;</a>')],
    ['HTML', () => read('<!DOCTYPE html><html><body/></html>')],
    ['an HTTP answer', () => read('HTTP/1.1 400 Bad Request\r\n\r\n')],
    ['a server-to-server stream', () => read(header.replace('jabber:client', 'jabber:server'))],
    ['another root', () => read("<stream xmlns='jabber:client'>")],
    ['65 levels', inside('<a>'.repeat(65))],
    ['257 attributes', inside(`<a ${Array.from({ length: 257 }, (_, at) => `a${at}='1'`).join(' ')}/>`)],
    ['a stanza without an end', inside(`<a>${'x'.repeat(1_048_600)}`)],
    ['an attribute without an end', inside(`<a b='${'x'.repeat(1_048_600)}`)],
    ['a name without an end', inside(`<${'x'.repeat(1_048_600)}`)],
    ['a million elements', inside(`<a>${'<b/>'.repeat(60_000)}`)],
    ['a header without an end', () => read(`${header.slice(0, -1)} x='${'y'.repeat(100_000)}`)],
  ])('%s ends it', (_what, work) => {
    expect(work).toThrowError(expect.objectContaining({ code: 'protocol-violation' }))
  })

  it('takes what is just small enough', () => {
    const attributes = Array.from({ length: 256 }, (_, at) => `a${at}='1'`).join(' ')
    const deep = '<a>'.repeat(64) + '</a>'.repeat(64)
    const long = `<m>${'x'.repeat(1_000_000)}</m>`
    expect(elements(read(header, `<a ${attributes}/>`, deep, long, long, long))).toHaveLength(5)
  })

  it('lets years of white space pass between stanzas', () => {
    const parser = new StreamParser()
    parser.feed(bytes(header))
    for (let minute = 0; minute < 40; minute++) parser.feed(bytes(' '.repeat(65_536)))
    expect(parser.feed(bytes('<a/>'))).toHaveLength(1)
  })
})

import { describe, expect, test } from 'vitest'
import { strongEtag } from '../../../../../electron/engine/dav/etag'
import { hrefKey, isBelow, permittedRedirect } from '../../../../../electron/engine/dav/href'
import {
  isMassRemoval,
  knownByPath,
  movesAmong,
  planPage,
} from '../../../../../electron/engine/dav/sync/plan'
import { readMultistatus, rowStatus } from '../../../../../electron/engine/dav/xml/multistatus'
import { caldav, dav } from '../../../../../electron/engine/dav/xml/names'
import { type In, readXml } from '../../../../../electron/engine/dav/xml/read'
import { element, writeXml } from '../../../../../electron/engine/dav/xml/write'

async function* pieces(text: string, size = 7) {
  const bytes = Buffer.from(text)
  for (let from = 0; from < bytes.length; from += size) yield bytes.subarray(from, from + size)
}

describe('XML', () => {
  test('what is written is read again as it was, letter by letter, whatever stands in it', async () => {
    const text = 'a<b>&amp;]]>"\'\r\n\tü💌 '
    const written = Buffer.from(
      writeXml(element(dav('prop'), [element(caldav('x'), text, { name: text }), element(dav('empty'))])),
    ).toString()
    const parts: In[] = []
    await readXml(pieces(written, 1), dav('prop'), part => parts.push(part))
    expect(parts.map(({ name, text: inside }) => [name, inside])).toEqual([
      [caldav('x'), text],
      [dav('empty'), ''],
    ])
    expect(parts[0]?.attributes.get('name')).toBe(text.replace(/[\n\t]/g, ' '))
  })

  test('letters that XML has not are left out', () =>
    expect(Buffer.from(writeXml(element(dav('a'), 'x\u0000\u001by'))).toString()).toContain('>xy<'))

  test('no namespace is the default one (Cyrus takes such properties for others)', () =>
    expect(Buffer.from(writeXml(element(dav('a'), [element(caldav('b'))]))).toString()).not.toContain(
      'xmlns=',
    ))

  test('rows with several addresses, with statuses of their own, and names that mean something to JavaScript', async () => {
    const { rows, syncToken } = await readMultistatus(
      pieces(`<x:multistatus xmlns:x="DAV:"><x:response><x:href> /a </x:href><x:href>/b</x:href><x:status>HTTP/1.1 423 Locked</x:status>
        </x:response><x:response><x:href>/__proto__</x:href><x:propstat><x:prop><x:constructor>1</x:constructor></x:prop><x:status>HTTP/1.1 200 OK</x:status></x:propstat>
        <x:propstat><x:prop><x:getetag/></x:prop><x:status>HTTP/2 404</x:status></x:propstat></x:response><x:response><x:href>/c</x:href><x:propstat><x:prop/>
        <x:status>nonsense</x:status></x:propstat></x:response><x:sync-token>t</x:sync-token></x:multistatus>`),
    )
    expect(rows.map(row => [row.href, rowStatus(row)])).toEqual([
      ['/a', 423],
      ['/b', 423],
      ['/__proto__', 200],
      ['/c', 500],
    ])
    expect([rows[2]?.props.get(dav('constructor'))?.text, rows[2]?.failedStatus, syncToken]).toEqual([
      '1',
      404,
      't',
    ])
  })
})

describe('addresses', () => {
  const base = new URL('https://dav.example.org/cal/')
  test.each([
    ['/cal/a@b.ics', '/cal/a%40b.ics'],
    ['/cal/a%40b.ics', '/cal/a%40b.ics'],
    ['https://dav.example.org/cal/%61.ics', '/cal/a.ics'],
    ['x.ics', '/cal/x.ics'],
    ['/cal/ü.ics', '/cal/%C3%BC.ics'],
    ['/cal/%c3%bc.ics', '/cal/%C3%BC.ics'],
    ['/cal/a%2Fb.ics', '/cal/a%2Fb.ics'],
    ['/cal/%ff.ics', '/cal/%ff.ics'],
    ['/cal/%2e%2e/x.ics', '/x.ics'],
  ])('%s is compared as %s', (href, key) => expect(hrefKey(href, base)).toBe(key))

  test.each([
    'https://evil.example/cal/a',
    '//evil.example/a',
    'http://dav.example.org/cal/a',
    'javascript:1',
    'https://dav.example.org:8443/cal/a',
  ])('%s is of no concern', href => expect(hrefKey(href, base)).toBeNull())

  test('below is below, and not beside', () => {
    expect([isBelow('/cal/a', '/cal/'), isBelow('/cal/a', '/cal')]).toEqual([true, true])
    expect([isBelow('/cal/', '/cal/'), isBelow('/calendar', '/cal'), isBelow('/x', '/cal')]).toEqual([
      false,
      false,
      false,
    ])
  })

  test.each([
    ['https://p1.example.org/x', 'https://www.example.org/', true],
    ['https://example.co.uk/x', 'https://dav.example.co.uk/', true],
    ['https://evil.co.uk/x', 'https://dav.example.co.uk/', false],
    ['https://eve.github.io/x', 'https://eva.github.io/', false],
    ['https://example.org.evil.example/x', 'https://example.org/', false],
    ['https://10.0.0.2/', 'https://10.0.0.1/', false],
    ['https://localhost:8443/', 'https://localhost/', true],
    ['https://internal/', 'https://localhost/', false],
    ['http://example.org/', 'https://example.org/', false],
    ['https://eva@example.org/', 'https://example.org/', false],
    ['/dav', 'https://example.org/', true],
    ['\\\\evil.example', 'https://example.org/', false],
  ])('a redirect to %s from %s: %s', (to, from, isPermitted) =>
    expect(permittedRedirect(to, new URL(from)) !== null).toBe(isPermitted),
  )
})

test.each([
  ['"a"', '"a"'],
  [' "a" ', '"a"'],
  ['a', 'a'],
  ['W/"a"', null],
  ['w/"a"', null],
  ['', null],
  [null, null],
  [undefined, null],
  ['"a"\r\nX: y', null],
])('of the ETag %j may stand in If-Match: %j', (etag, strong) => expect(strongEtag(etag)).toBe(strong))

test.each([
  [0, 0, false],
  [1, 1, true],
  [1, 2, true],
  [2, 2, true],
  [1, 3, false],
  [2, 5, true],
  [33, 100, false],
  [34, 100, true],
])('%i of %i removed is a mass removal: %s', (removals, objects, isMass) => {
  expect(isMassRemoval(removals, objects, false)).toBe(isMass)
  // One alone, by name, is what people do every day.
  if (removals === 1) expect(isMassRemoval(removals, objects, true)).toBe(false)
})

test('a UID that comes twice moves once, and none without one', () => {
  const gone = [
    { path: '/1', uid: 'a' },
    { path: '/2', uid: 'a' },
    { path: '/3', uid: null },
  ]
  const arrived = [
    { path: '/new', uid: 'a' },
    { path: '/other', uid: null },
  ]
  expect([...movesAmong(gone, arrived)]).toEqual([['/1', '/new']])
})

test('of a page only what lies below the collection is wanted, once each; what is as it was is not', () => {
  const collection = new URL('https://dav.example.org/cal/')
  const row = (href: string, etag: string | null, status: number | null = null) => ({
    ...{ href, status, failedStatus: null, precondition: null },
    props: new Map(
      etag === null
        ? []
        : [[dav('getetag'), { name: dav('getetag'), text: etag, attributes: new Map(), children: [] }]],
    ),
  })
  const known = knownByPath(
    [
      { href: '/cal/same.ics', etag: '"1"', uid: null, isEdited: false },
      { href: '/cal/gone.ics', etag: '"1"', uid: null, isEdited: false },
    ],
    collection,
  )
  const plan = planPage(
    [
      ...[row('/cal/', '"0"'), row('/other/x.ics', '"1"'), row('https://evil.example/cal/x.ics', '"1"')],
      ...[row('/cal/sub/', '"1"'), row('/cal/../x.ics', '"1"'), row('/cal/same.ics', '"1"')],
      ...[row('/cal/new.ics', '"1"'), row('/cal/new%2eics', '"1"'), row('/cal/gone.ics', null, 404)],
      ...[row('/cal/', null, 507)],
    ],
    collection,
    known,
  )
  expect(plan).toEqual({
    wanted: ['/cal/new%2eics'],
    gone: ['/cal/gone.ics'],
    present: new Set(['/cal/same.ics', '/cal/new.ics']),
    etags: new Map([
      ['/cal/same.ics', '"1"'],
      ['/cal/new.ics', '"1"'],
    ]),
    hasMore: true,
  })
})

import fc from 'fast-check'
import type { Element, Root } from 'hast'
import { fromHtml } from 'hast-util-from-html'
import { describe, expect, test } from 'vitest'
import { sanitizeHtml } from '../../../../../../../electron/engine/formats/mime/sanitize/sanitize-html'
import { allowedElements } from '../../../../../../../electron/engine/formats/mime/sanitize/schema'
import { htmlVectors } from '../../../../../../fixtures/mail/html-vectors'
import { mutationVectors } from '../../../../../../fixtures/mail/mutation-vectors'

const clean = (html: string) =>
  sanitizeHtml(html, { cidUrl: id => `attachment://1/${encodeURIComponent(id)}` })
const bodyOf = (html: string) =>
  /<div class="siegel-mail"[^>]*>(.*)<\/div><\/body>/s.exec(clean(html).html)?.[1] ?? ''

/** What a browser would make of the output: every element and attribute, checked against what is harmless. */
function dangersIn(html: string): string[] {
  const dangers: string[] = []
  const visit = (node: Root | Element) => {
    for (const child of node.children) {
      if (child.type === 'comment') dangers.push('comment')
      if (child.type !== 'element') continue
      if (
        !allowedElements.has(child.tagName) &&
        !['html', 'head', 'body', 'meta', 'style'].includes(child.tagName)
      ) {
        dangers.push(child.tagName)
      }
      for (const [name, value] of Object.entries(child.properties)) {
        const text = String(value)
        if (/^on/i.test(name)) dangers.push(`${child.tagName} ${name}`)
        if (
          [
            'srcSet',
            'background',
            'poster',
            'ping',
            'action',
            'formAction',
            'data',
            'srcDoc',
            'xLinkHref',
            'httpEquiv',
          ].includes(name)
        )
          dangers.push(name)
        if (
          name === 'href'
            ? !/^(https?|mailto|tel):/.test(text)
            : /https?:|ftp:|\/\/(?!1\/)|url\(|javascript:|expression|@import|\\/i.test(text)
        ) {
          dangers.push(`${child.tagName} ${name}=${text}`)
        }
      }
      if (child.tagName === 'style') {
        for (const inner of child.children) {
          if (
            inner.type === 'text' &&
            /https?:|\/\/|url\(|@import|@font-face|expression|\\|</i.test(inner.value)
          )
            dangers.push(inner.value)
        }
      }
      visit(child)
    }
  }
  visit(fromHtml(html))
  return dangers
}

describe('nothing in a mail reaches the network', () => {
  for (const vector of htmlVectors) {
    test(`${vector.name} is not loaded, and is counted`, () => {
      const result = clean(vector.html)
      expect(dangersIn(result.html)).toEqual([])
      expect(result.html).not.toContain('tracker.example.net/')
      expect(result.blockedRemoteCount).toBeGreaterThanOrEqual(vector.remote)
      if (vector.remote === 0) expect(result.blockedRemoteCount).toBeLessThanOrEqual(1)
    })
  }

  test('one image counts once', () => {
    expect(clean('<img src="https://a.example/1"><img src="https://a.example/2">').blockedRemoteCount).toBe(2)
  })

  test('a mail without remote references counts none', () => {
    const result = clean(
      '<p style="color:rgb(1,2,3)">Hi <a href="https://example.org/">there</a><img src="cid:a@b"></p>',
    )
    expect(result).toMatchObject({ blockedRemoteCount: 0, trackerCount: 0 })
  })

  test('tiny, hidden and well-known counting images are called trackers, pictures are not', () => {
    expect(clean('<img src="https://a.example/x" width="1" height="1">').trackerCount).toBe(1)
    expect(clean('<img src="https://a.example/x" style="width:1px;height:1px">').trackerCount).toBe(1)
    expect(clean('<img src="https://a.example/x" style="display:none">').trackerCount).toBe(1)
    expect(clean('<img src="https://u1.ct.sendgrid.net/wf/open?upn=x" width="600">').trackerCount).toBe(1)
    expect(clean('<img src="https://u1.ct.sendgrid.net/picture.png" width="600">').trackerCount).toBe(0)
    expect(clean('<img src="https://a.example/o/open/spacer.jpg" width="600">').trackerCount).toBe(0)
    expect(clean('<img src="https://a.example/photo.jpg" width="600" height="400">').trackerCount).toBe(0)
    expect(clean('<img src="https://a.example/line.gif" width="600" height="1">').trackerCount).toBe(0)
  })
})

describe('remote images the user asked for', () => {
  const asked: string[] = []
  const load = (html: string, url: (source: string) => string | null = () => 'attachment://remote/1/0') => {
    asked.length = 0
    return sanitizeHtml(html, {
      cidUrl: () => null,
      remoteUrl(source) {
        asked.push(source)
        const address = url(source)
        return address === null ? null : { address, width: 300, height: 200 }
      },
    })
  }

  test('a picture gets our own address and is no longer blocked; trackers, styles, fonts and media stay away', () => {
    const result = load(
      `<style>@import "https://a.example/s.css"; @font-face{src:url(https://a.example/f)} p{background:url(https://a.example/b)} td{background:url(https://a.example/d)}</style>
      <img src="https://a.example/photo.jpg" width="600" srcset="https://a.example/big.jpg 2x" alt="Photo">
      <img src="https://a.example/open.gif" width="1" height="1"><img src="https://u1.ct.sendgrid.net/wf/open" width="600">
      <img src="https://a.example/hidden.png" style="display:none">
      <table background="https://a.example/t"><tr><td style="background-image:url('https://a.example/c')">x</td></tr></table>
      <video src="https://a.example/v" poster="https://a.example/p"></video><iframe src="https://a.example/i"></iframe>`,
    )
    // Pictures behind elements are pictures.
    const behind = ['https://a.example/t', 'https://a.example/c', 'https://a.example/d']
    expect(asked.toSorted()).toEqual([...behind, 'https://a.example/photo.jpg'].toSorted())
    expect(result.trackerCount).toBe(2)
    expect(result.blockedRemoteCount).toBe(10)
    expect(result.html).toContain('src="attachment://remote/1/0"')
    expect(result.html).not.toContain('a.example')
    expect(result.html).not.toContain('sendgrid')
  })

  test('one that did not come stays blocked', () => {
    expect(load('<img src="https://a.example/photo.jpg" width="600">', () => null)).toMatchObject({
      blockedRemoteCount: 1,
      trackerCount: 0,
    })
  })

  test.each([
    'https://a.example/x',
    '//a.example/x',
    'data:image/svg+xml;base64,AAAA',
    'attachment://remote/1/0?x',
  ])('an answer that is no address of ours (%s) never reaches the page', answer => {
    const result = load('<img src="https://a.example/photo.jpg" width="600">', () => answer)
    expect(result.html).not.toContain('src=')
    expect(result.blockedRemoteCount).toBe(1)
  })
})

describe('markup cannot hide from the sanitiser', () => {
  for (const vector of mutationVectors) {
    test(vector.slice(0, 60), () => {
      const { html } = clean(vector)
      expect(dangersIn(html)).toEqual([])
      // What a second pass over the shown body finds must be the same: nothing mutates.
      const body = bodyOf(vector)
      expect(bodyOf(body).replaceAll('m-m-', 'm-')).toBe(body)
    })
  }

  test('random tag soup never throws and never comes out dangerous', () => {
    const piece = fc.constantFrom(
      '<',
      '>',
      '"',
      "'",
      '=',
      '/',
      '</',
      '<!--',
      '-->',
      '<p',
      '<a href=',
      '<img src=',
      'https://x.example/',
      'javascript:',
      '<svg>',
      '<math>',
      '<style>',
      '</style>',
      '<table>',
      '<td>',
      '</table>',
      '<b>',
      '</b>',
      ' onerror=',
      ' style="',
      'background:url(',
      ')',
      ';',
      '{',
      '}',
      '@import ',
      '<script>',
      '</script>',
      '<title>',
      '<noscript>',
      '<template>',
      '&quot;',
      '&lt;',
      '\\',
      '\u0000',
      'a',
      ' ',
      '<select>',
      '<iframe>',
      '<form>',
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), pieces => {
        expect(dangersIn(clean(pieces.join('')).html)).toEqual([])
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the mail still looks like itself', () => {
  test('layout, colours and tables stay', () => {
    const body = bodyOf(
      '<table width="600" cellpadding="4"><tr><td bgcolor="#ff0000" style="padding:4px;font-family:\'Open Sans\',Arial">x</td></tr></table>',
    )
    expect(body).toContain('<table width="600" cellpadding="4">')
    expect(body).toContain('bgcolor="#ff0000"')
    expect(body).toMatch(
      /padding:4px;font-family:&#x27;Open Sans&#x27;,Arial|padding:4px;font-family:['"&#\w;]+Open Sans/,
    )
  })

  test('style sheets apply to the renamed classes', () => {
    const { html } = clean(
      '<style>.big{font-size:20px} #top>p{color:red} body{margin:0}</style><div id="top"><p class="big">x</p></div>',
    )
    expect(html).toContain('.m-big{font-size:20px}')
    expect(html).toContain('#m-top>p{color:red}')
    expect(html).toContain('<p class="m-big">')
    expect(html).toContain('id="m-top"')
  })

  test('a background keeps its colour when its picture goes', () => {
    expect(bodyOf('<p style="background:#123456 url(https://a.example/x) no-repeat">x</p>')).toContain(
      'background:#123456',
    )
  })

  test('inline pictures are shown from the message', () => {
    expect(bodyOf('<img src="cid:pic%40here" alt="Lake">')).toBe(
      '<img alt="Lake" src="attachment://1/pic%40here">',
    )
    expect(sanitizeHtml('<img src="cid:none">', { cidUrl: () => null }).html).not.toContain('src=')
  })

  test('links lead where they say and tell nobody where from; other schemes are no links', () => {
    expect(bodyOf('<a href="https://example.org/a?b=1&amp;c=2" title="elsewhere" target="_top">x</a>')).toBe(
      '<a href="https://example.org/a?b=1&amp;c=2" rel="noopener noreferrer">x</a>',
    )
    expect(bodyOf('<a href="mailto:ann@example.org">x</a>')).toContain('mailto:ann@example.org')
    for (const href of [
      'ftp://a.example/',
      'file:///x',
      'app://main/',
      'mail-body://1',
      'blob:x',
      'smb://x',
    ]) {
      expect(bodyOf(`<a href="${href}">x</a>`)).toBe('<a>x</a>')
    }
    expect(bodyOf('<a href="https://bank.example@evil.example/">x</a>')).toContain(
      'href="https://evil.example/"',
    )
  })

  test('links to places in the mail lead to them, by id and by name, whatever the name is made of', () => {
    for (const [name, encoded] of [
      ['top', 'top'],
      ['_Toc123', '_Toc123'],
      ['Kapitel.2', 'Kapitel.2'],
      ['größe', 'gr%C3%B6%C3%9Fe'],
    ] as const) {
      for (const href of [`#${name}`, ` #${encoded} `])
        expect(bodyOf(`<a href="${href}">x</a>`)).toBe(`<a href="#m-${encoded}" target="_self">x</a>`)
      expect(bodyOf(`<a name="${name}">x</a>`)).toBe(`<a id="m-${name}">x</a>`)
      expect(bodyOf(`<h2 id="${name}">x</h2>`)).toBe(`<h2 id="m-${name}">x</h2>`)
    }
    for (const name of ['a b', '', '<', 'x'.repeat(201), '"'])
      expect(bodyOf(`<a name='${name}'>x</a>`)).toBe('<a>x</a>')
    // A name on anything else would make it a property of the document.
    expect(bodyOf('<img name="body" alt="x"><p name="p">y</p>')).toBe('<img alt="x"><p>y</p>')
  })

  test.each([
    ['height:100vh', 'height:600px'],
    ['min-height:50vh;margin:-1.5vh 2vw', 'min-height:300px;margin:-9px 2vw'],
    ['height:calc(100vh - 20px)', 'height:calc(600px - 20px)'],
    ['width:10vmin;height:10svh', 'width:60px;height:60px'],
    [
      'display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:10px',
      'display:grid;grid-template-columns:repeat(2,minmax(0,1fr));gap:10px',
    ],
    [
      'grid-template-areas:"head head" "side main"',
      'grid-template-areas:&quot;head head&quot;&quot;side main&quot;',
    ],
    ['grid-template-columns:repeat(100000,1px);color:red', 'color:red'],
    ['grid-row:9999999;color:red', 'color:red'],
    ['color:#123456;grid-column:1 / span 2', 'color:#123456;grid-column:1/span 2'],
  ])('a style keeps its layout and does not hang on the height of the frame: %s', (given, kept) => {
    expect(bodyOf(`<p style='${given}'>x</p>`)).toBe(`<p style="${kept}">x</p>`)
  })

  test('media queries about the height are left out, and one selector takes nothing from the others', () => {
    const { html } = clean(
      '<style>html,body,p::before,[x],.a{margin:1px} @media (max-height:600px){p{color:red}} @media (orientation:portrait){p{color:blue}} @media (max-width:600px){p{color:green}}</style><p>x</p>',
    )
    expect(html).toContain('div.siegel-mail,.m-a{margin:1px}')
    expect(html).not.toMatch(/color:(red|blue)/)
    expect(html).toContain('@media (max-width:600px){p{color:green}}')
  })

  test.each([
    ['<html dir="rtl"><body>x', ' dir="rtl"'],
    ['<html dir="ltr"><body dir="RTL">x', ' dir="rtl"'],
    ['<body dir="auto">x', ' dir="auto"'],
    ['<body dir="\'onload">x', ''],
  ])('the direction of the whole mail stays: %s', (html, kept) => {
    expect(clean(html).html).toContain(`<div class="siegel-mail"${kept}>`)
  })

  test('a mail with colours of its own keeps a light page, others follow the system', () => {
    expect(clean('<p style="color:#333">x</p>').html).toContain('<html class="siegel-own-colours">')
    expect(clean('<body bgcolor="white">x</body>').html).toContain('siegel-own-colours"')
    expect(clean('<p>x</p>').html).toContain('<!doctype html><html><head><meta charset="utf-8">')
  })

  test('nothing leaves its place to cover the rest of the page', () => {
    for (const position of [
      'fixed',
      'absolute',
      'sticky',
      'FIXED !important',
      'fi\\78 ed',
      '-webkit-sticky',
    ]) {
      expect(bodyOf(`<p style="position:${position};top:0">x</p>`)).toBe('<p>x</p>')
      expect(clean(`<style>p{position:${position}}</style>`).html).not.toContain('position')
    }
    expect(bodyOf('<p style="position:relative">x</p>')).toContain('position:relative')
  })

  test('a mail cannot use our own class names', () => {
    expect(bodyOf('<p class="siegel-mail siegel-own-colours">x</p>')).toBe(
      '<p class="m-siegel-mail m-siegel-own-colours">x</p>',
    )
  })
})

describe('a huge or twisted mail does not stop the reader', () => {
  test('text behind too many elements is still there, images there are still counted', () => {
    const result = clean(`${'<br>'.repeat(60_000)}the end<img src="https://a.example/x">`)
    expect(result.html).toContain('the end')
    expect(result.blockedRemoteCount).toBe(1)
    expect(result.html).not.toContain('a.example')
  })

  const cases: Record<string, string> = {
    'a hundred thousand nested divisions': '<div>'.repeat(100_000),
    'formatting that a parser would copy over and over': Array.from(
      { length: 50_000 },
      (_, at) => `<div><b id=${at}></div>`,
    ).join(''),
    'nested tables': '<table><tr><td>'.repeat(30_000),
    'unclosed links': '<a href=x>'.repeat(90_000),
    'a million opening brackets': '<'.repeat(1_000_000),
    'an endless attribute list': `<a ${'x=1 '.repeat(250_000)}>`,
    'unclosed comments': '<!--'.repeat(200_000),
    'unclosed quotes': '<a x="'.repeat(100_000),
    'deep style rules': `<style>${'a{'.repeat(100_000)}</style>`,
    'deep brackets in a style': `<p style="width:${'calc('.repeat(4000)}">x</p>`,
    'a million paragraphs': '<p>x'.repeat(1_000_000),
    'many different styles': Array.from(
      { length: 5000 },
      (_, at) => `<p style="width:calc(1px + ${at}px)">`,
    ).join(''),
  }
  for (const [name, html] of Object.entries(cases)) {
    test(name, () => {
      const start = process.cpuUsage()
      const result = clean(html)
      expect(dangersIn(result.html)).toEqual([])
      // Work, not time: a busy machine changes nothing. Quadratic behaviour would take minutes here.
      expect(process.cpuUsage(start).user).toBeLessThan(15_000_000)
    })
  }
})

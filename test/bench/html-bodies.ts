import { sanitizing } from '../../electron/engine/formats/mime/sanitize/sanitize-html'
import { type BenchOptions, type BenchTable, type Scenario, verdict } from './scenario'

const megabyte = 1024 * 1024

/** Pieces, each with its number, until there are so many characters. */
const filled = (characters: number, piece: (at: number) => string): string => {
  let text = ''
  for (let at = 0; text.length < characters; at++) text += piece(at)
  return text
}
const sheet = (characters: number, rule: (at: number) => string, body = '<p class=c1>x'): string =>
  `<style>${filled(characters, rule)}</style>${body}`
const colour = (at: number): string => `#${(at % 900) + 100}`
const classRule = (at: number): string => `.c${at}{color:${colour(at)};padding:${at % 30}px}`
const picture = (at: number): string =>
  `<div class=c${at % 50}><img src="https://a.example/i${at}.png" width=100></div>`
const seenRule = (at: number): string => `.c${at}{color:#123}.d${at}{width:1px}`
const counter = '<img class=d7 src="https://a.example/x?abcdefgh12345678">'

/** What a mail of about 2 MB can consist of; `all`: so many characters. */
const bodies: Readonly<Record<string, (all: number) => string>> = {
  'one sheet, an eighth of it': all => sheet(all / 8, classRule),
  'one sheet': all => sheet(all, classRule),
  'sheets of one rule': all => filled(all, at => `<style>${classRule(at)}</style><p class=c${at}>x</p>`),
  'media queries in each other': all =>
    sheet(all, at => `@media (max-width:${at % 900}px){@media screen{${seenRule(at)}}}`, `<p>x${counter}`),
  'one media query': all => `<style>@media screen{${filled(all, seenRule)}}</style><p>x${counter}`,
  'one rule': all => `<style>.a{${filled(all, () => 'color:#123;')}}</style><p class=a>x`,
  'selectors in one list': all => `<style>${filled(all, at => `.c${at},`)}.a{color:red}</style><p class=a>x`,
  'open brackets': all => `<style>${'('.repeat(all)}</style>`,
  'open media queries': all => `<style>${filled(all, () => '@media screen{')}</style>`,
  'quotation marks': all => `<style>${filled(all, () => '"\n')}</style>`,
  comments: all => `<style>${filled(all, () => '/**/')}</style>`,
  'attributes of one element': all => `<p ${filled(all, at => `a${at}=b `)}>x`,
  'style attributes, each another': all =>
    filled(all, at => `<p style="color:${colour(at)};background:url(https://x.example/${at})">x</p>`),
  'style attributes of 19,000 characters': all =>
    filled(all, at => `<p style="${filled(19_000, each => `font-family:'a${at}-${each}';`)}">x</p>`),
  'one style attribute': all => `<p style="${filled(all, () => 'color:red;')}">x`,
  'classes of one element': all => `<p class="${filled(all, at => `c${at} `)}">x`,
  'one picture in the text': all => `<img src="data:image/png;base64,${'A'.repeat(all)}">`,
  'sizes of one picture': all => `<img srcset="${filled(all, at => `https://a.example/${at} ${at}w, `)}">`,
  words: all => `<p>${filled(all, () => 'word ')}`,
  tables: all => filled(all, at => `<table><tr><td style="padding:${at % 9}px">x</td></tr></table>`),
  pictures: all => filled(all, picture),
  '7,000 pictures under 20,000 rules': all =>
    sheet(all / 8, at => `div{width:${at}px}`, filled(all / 4, picture)),
  '20,000 pictures behind elements': all =>
    sheet(
      all / 2,
      at => `.c${at}{background:url(https://a.example/${at})}`,
      filled(all / 4, at => `<p class=c${at}>x</p>`),
    ),
  '180 elements in each other under 20,000 rules': all =>
    sheet(all / 8, at => `*{width:${at + 9}px}`, `${'<div>'.repeat(180)}${counter}`),
}

/** As `inSlices` (sanitize/slices.ts) does it: others get their turn at the first pause after this. */
const sliceMs = 12

const spent = (since: NodeJS.CpuUsage): number => {
  const { user, system } = process.threadCpuUsage(since)
  return (user + system) / 1000
}

/** Processor time in milliseconds: the longest slice, and all of it. */
function read(html: string): { longest: number; all: number } {
  const work = sanitizing(html)
  let longest = 0
  let all = 0
  for (let isDone = false; !isDone; ) {
    const since = process.threadCpuUsage()
    let slice = 0
    while (!isDone && slice < sliceMs) {
      isDone = work.next().done === true
      slice = spent(since)
    }
    longest = Math.max(longest, slice)
    all += slice
  }
  return { longest, all }
}

/** What somebody notices who does something else meanwhile. */
const aimMs = 100

async function run({ quick, rounds, say }: BenchOptions): Promise<readonly BenchTable[]> {
  const size = quick ? megabyte / 4 : 2 * megabyte
  const rows = Object.entries(bodies).map(([name, make]) => {
    say(`HTML bodies: ${name}`)
    const html = make(size)
    const times = Array.from({ length: rounds }, () => read(html))
    // The least of the rounds: what is more was taken by others.
    const least = (part: 'longest' | 'all'): number => Math.min(...times.map(each => each[part]))
    return { name, characters: html.length, longest: least('longest'), all: least('all') }
  })
  return [
    {
      title: 'Reading a large HTML body',
      about: `${rows.length} kinds of bodies, hostile ones among them, are cleaned and judged in slices, as the engine does it when a message is opened. Processor time; a slice ends at the first pause after ${sliceMs} ms, and the longest is how late the engine answers something else.`,
      head: ['body', 'characters', 'longest slice', 'all of it'],
      rows: rows.map(each => [
        each.name,
        each.characters.toLocaleString('en'),
        `${Math.round(each.longest)} ms`,
        `${Math.round(each.all)} ms`,
      ]),
      verdicts: [
        verdict(
          'Longest slice',
          Math.max(...rows.map(each => each.longest)),
          aimMs,
          ms => `${Math.round(ms)} ms`,
        ),
      ],
    },
  ]
}

/** How long a large HTML body keeps the engine from its other work. */
export const htmlBodies: Scenario = { name: 'html-bodies', run }

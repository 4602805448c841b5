import { describe, expect, test } from 'vitest'
import { sanitizing } from '../../../../../../electron/engine/formats/mime/sanitize/sanitize-html'
import { atOnce } from '../../../../../../electron/engine/formats/mime/sanitize/slices'
import { htmlMails } from '../../../../../fixtures/html-mail'

const read = (html: string) => atOnce(sanitizing(html))

describe.each(htmlMails)('$name', ({ html, trackers }) => {
  const { pictures } = read(html)
  const counts = (source: string) => trackers.some(part => source.includes(part))

  test('no counter is loaded, and every honest picture can be', () => {
    const loaded = pictures.filter(({ verdict }) => verdict === 'picture' || verdict === 'telling')
    expect(loaded.filter(({ source }) => counts(source))).toEqual([])
    const kept = pictures.filter(({ verdict }) => verdict === 'tracker' || verdict === 'unseen')
    expect(kept.filter(({ source }) => !counts(source))).toEqual([])
  })
})

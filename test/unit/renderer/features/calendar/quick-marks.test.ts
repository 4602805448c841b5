import { expect, test } from 'vitest'
import { pieces } from '../../../../../renderer/features/calendar/quick/marked-text'
import { readQuick } from '../../../../../shared/features/calendar/quick/read-quick'

const marked = (text: string) => {
  const { tokens } = readQuick(text, { now: '2026-03-10T09:00', language: 'en' })
  const all = pieces(text, tokens)
  return {
    whole: all.map(piece => piece.text).join(''),
    said: all.flatMap(({ text, kind }) => (kind === null ? [] : [`${kind}:${text}`])),
  }
}

test.each([
  ['Zahnarzt morgen 14:30 1h', ['date:morgen', 'time:14:30', 'length:1h']],
  ['lunch with Eva Friday noon at Lucia', ['people:with Eva', 'date:Friday', 'time:noon', 'place:at Lucia']],
  ['every 2nd Tuesday 9am', ['repeat:every 2nd Tuesday', 'time:9am']],
  ['  Reise   12.-14.3.  ', ['date:12.-14.3.']],
  ['"Morgen um 8" heute', ['quoted:"Morgen um 8"', 'date:heute']],
  ['פגישה tomorrow 9:00', ['date:tomorrow', 'time:9:00']],
  ['nothing of it', []],
  ['', []],
])('%j', (text, expected) => {
  const { whole, said } = marked(text)
  expect(whole).toBe(text)
  expect(said).toEqual(expected)
})

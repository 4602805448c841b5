import { expect, test } from 'vitest'
import { fileNameEnd } from '../../../../../renderer/ui/layout/file-name-end'

test.each([
  [
    [
      'Quartalsbericht Abteilung Einkauf 2025 Teil 1.pdf',
      'Quartalsbericht Abteilung Einkauf 2025 Teil 2.pdf',
    ],
  ],
  [['offer-for-the-new-house-1-signed.pdf', 'offer-for-the-new-house-2-signed.pdf']],
  [['holiday-picture-from-the-beach.jpg', 'holiday-picture-from-the-beach.exe']],
  [['Ein ganz langer Name für eine Datei ä.txt', 'Ein ganz langer Name für eine Datei a\u0308\u0323.txt']],
  [['עוד קובץ עם שם ארוך מאוד 1.pdf', 'עוד קובץ עם שם ארוך מאוד 2.pdf']],
])('%j are told apart by what stays when they are cut', names => {
  const ends = names.map(name => fileNameEnd(name, names))
  expect(ends.map(([start, end]) => start + end)).toEqual(names)
  expect(new Set(ends.map(([, end]) => end)).size).toBe(names.length)
})

test('a short name is not divided, and no letter is cut in two', () => {
  expect(fileNameEnd('a.pdf', ['b.pdf'])).toEqual(['a.pdf', ''])
  const family = '👨‍👩‍👧'
  const [start, end] = fileNameEnd(`${family.repeat(20)}.png`)
  expect([start, end].every(part => part.replaceAll(family, '').replace('.png', '') === '')).toBe(true)
})

test('the same name twice, and a long shared end, stay readable', () => {
  const same = 'the same name of a file twice.pdf'
  expect(fileNameEnd(same, [same, same])[1]).toBe('twice.pdf'.padStart(10, ' '))
  expect(fileNameEnd(`1${'x'.repeat(60)}.pdf`, [`2${'x'.repeat(60)}.pdf`])[1]).toHaveLength(22)
})

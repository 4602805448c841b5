import { expect, test } from 'vitest'
import { byteSize } from '../../../../renderer/i18n/numbers'

test('sizes are rounded the way people read them', () => {
  expect(byteSize(0, 'en')).toBe('0 bytes')
  expect(byteSize(999, 'en')).toBe('999 bytes')
  expect(byteSize(1000, 'en')).toBe('1 kB')
  expect(byteSize(18_400, 'de')).toBe('18,4 kB')
  expect(byteSize(284_113, 'de')).toBe('284 kB')
  expect(byteSize(4_812_000, 'en')).toBe('4.8 MB')
  expect(byteSize(5e12, 'en')).toBe('5,000 GB')
})

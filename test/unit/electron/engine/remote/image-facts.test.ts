import { expect, test } from 'vitest'
import { imageFacts } from '../../../../../electron/engine/remote/image-facts'
import { images, png } from './images'

test.each(Object.entries(images))('%s is known by its bytes, with its size', (type, bytes) => {
  expect(imageFacts(bytes)).toEqual({ type, width: 300, height: 200 })
})

test.each(Object.entries(images))('%s that is cut off anywhere never throws', (_, bytes) => {
  for (let length = 0; length < bytes.length; length++) imageFacts(bytes.subarray(0, length))
  expect(imageFacts(bytes.subarray(0, 9))).toBeNull()
})

test.each([
  '<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"/>',
  '<?xml version="1.0"?><svg/>',
  '<html></html>',
  'BM......................................',
  '%PDF-1.7',
  'RIFF....WAVEfmt ',
  '\u0000\u0000\u0000\u0020ftypmp42....ispe................',
  '',
])('%j is no image that is shown', text => expect(imageFacts(new TextEncoder().encode(text))).toBeNull())

test('sizes that could only fill the memory are refused', () => {
  expect(imageFacts(png(10_000, 4000))).not.toBeNull()
  expect(imageFacts(png(10_001, 10))).toBeNull()
  expect(imageFacts(png(9000, 9000))).toBeNull()
  expect(imageFacts(png(0, 10))).toBeNull()
  expect(imageFacts(png(4_294_967_295, 4_294_967_295))).toBeNull()
})

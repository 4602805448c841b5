import { afterAll, beforeAll, expect, test } from 'vitest'
import { withoutTraces } from '../../../electron/engine/formats/pictures/metadata/attachment-traces'
import { loopingGif, photoJpeg, placedWebp, screenshotPng } from '../../fixtures/mail/outgoing/images'
import { type Launched, launch } from '../support/launch'

let siegel: Launched
beforeAll(async () => {
  siegel = await launch()
})
afterAll(() => siegel?.stop())

/** What Chromium draws of a file. */
const drawn = (bytes: Uint8Array): Promise<{ width: number; height: number; pixels: number[] }> =>
  siegel.page.evaluate(
    async given => {
      const picture = await createImageBitmap(new Blob([Uint8Array.from(given)]))
      const { width, height } = picture
      const surface = new OffscreenCanvas(width, height).getContext('2d')
      surface?.drawImage(picture, 0, 0)
      return { width, height, pixels: [...(surface?.getImageData(0, 0, width, height).data ?? [])] }
    },
    [...bytes],
  )

test.each([
  ['a photo that lies on its side', photoJpeg(6), true],
  ['a photo upside down', photoJpeg(3), false],
  ['a photo as it was taken', photoJpeg(1), false],
  ['a screenshot', screenshotPng(1), false],
  ['a turned screenshot', screenshotPng(6), true],
  ['a WebP', placedWebp(1), false],
  ['a turned WebP', placedWebp(8), null],
  ['an animation', loopingGif, null],
] as const)('%s looks the same without its hidden data, to the point', async (_what, original, isUpright) => {
  const before = await drawn(original)
  expect(await drawn(withoutTraces(original))).toEqual(before)
  expect(before.pixels.length).toBeGreaterThan(0)
  if (isUpright !== null) expect([before.width, before.height]).toEqual(isUpright ? [8, 12] : [12, 8])
})

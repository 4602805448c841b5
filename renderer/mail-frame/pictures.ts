import { setStyle } from './changes'

/** A length in pixels as computed before layout, or null for `auto`, percentages and sums. */
export const pixelsOf = (element: Element, property: string): number | null => {
  const value = element.computedStyleMap().get(property)
  return value instanceof CSSUnitValue && value.unit === 'px' ? value.value : null
}

const attributePixels = (image: HTMLImageElement, name: 'width' | 'height'): number | null => {
  const text = image.getAttribute(name) ?? ''
  return /^\d+(\.\d+)?(px)?$/.test(text) && Number.parseFloat(text) > 0 ? Number.parseFloat(text) : null
}

/** Spacers and rules are meant to be stretched. */
const smallestPicture = 8

/** How wide a picture is meant to be for its height: by its own numbers, else by itself; null when nobody knows yet. */
const intendedRatio = (image: HTMLImageElement): number | null => {
  const width = attributePixels(image, 'width')
  const height = attributePixels(image, 'height')
  if (width !== null && height !== null) return width / height
  const { naturalWidth, naturalHeight } = image
  return naturalWidth >= smallestPicture && naturalHeight >= smallestPicture
    ? naturalWidth / naturalHeight
    : null
}

/**
 * Keeps what a picture was meant to look like. `max-width: 100%` without `height: auto` makes a picture narrower and leaves
 * it as high as it was; with the ratio written down it also has its place before it has come.
 */
export const keepRatios = (root: Element): void => {
  const squashed: [HTMLImageElement, number][] = []
  for (const image of root.querySelectorAll('img')) {
    const { width: drawnWidth, height: drawnHeight } = image.getBoundingClientRect()
    const height = pixelsOf(image, 'height')
    if (height === null || height < smallestPicture || drawnWidth === 0) continue
    const width = pixelsOf(image, 'width')
    const ratio = width !== null ? width / height : intendedRatio(image)
    if (ratio === null) continue
    if (Math.abs(drawnWidth / drawnHeight / ratio - 1) > 0.02) squashed.push([image, ratio])
  }
  for (const [image, ratio] of squashed) {
    setStyle(image, 'aspect-ratio', String(ratio))
    setStyle(image, 'height', 'auto')
    setStyle(image, 'min-height', '0')
    if (pixelsOf(image, 'max-height') !== null) setStyle(image, 'max-height', 'none')
  }
}

/** Bounds the pictures that reach out of the frame by what they stand in. */
export const boundPictures = (root: Element, width: number): void => {
  for (const image of root.querySelectorAll('img')) {
    const box = image.getBoundingClientRect()
    if (box.width > width || box.right > width + 1 || box.left < -1) setStyle(image, 'max-width', '100%')
  }
}

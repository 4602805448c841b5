/** Pixels of a side: enough for the page of a contact on a fine screen, and some 30 KB. */
const sidePx = 320
/** A larger file is no photo of anybody. */
const mostBytes = 40_000_000

/**
 * The middle of a picture as a small square JPEG in base64, drawn anew: nothing of the file is in it but what is seen. Null for what
 * is no picture.
 */
export async function smallPicture(file: Blob): Promise<string | null> {
  if (file.size > mostBytes) return null
  const picture = await createImageBitmap(file).catch(() => null)
  if (picture === null) return null
  const side = Math.min(picture.width, picture.height)
  const size = Math.min(sidePx, side)
  const canvas = new OffscreenCanvas(size, size)
  const context = canvas.getContext('2d')
  if (context === null) return null
  // JPEG knows no transparency.
  context.fillStyle = '#ffffff'
  context.fillRect(0, 0, size, size)
  context.imageSmoothingQuality = 'high'
  const [left, top] = [(picture.width - side) / 2, (picture.height - side) / 2]
  context.drawImage(picture, left, top, side, side, 0, 0, size, size)
  picture.close()
  const bytes = new Uint8Array(
    await (await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.88 })).arrayBuffer(),
  )
  let text = ''
  for (const byte of bytes) text += String.fromCharCode(byte)
  return btoa(text)
}

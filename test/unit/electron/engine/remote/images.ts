const ascii = (text: string) => Buffer.from(text, 'latin1')

/** The front of a PNG; enough for whoever looks at type and size. */
export function png(width: number, height: number, paddingBytes = 0): Uint8Array {
  const size = Buffer.alloc(8)
  size.writeUInt32BE(width, 0)
  size.writeUInt32BE(height, 4)
  return Buffer.concat([ascii('\x89PNG\r\n\x1a\n\0\0\0\rIHDR'), size, Buffer.alloc(5 + paddingBytes)])
}

/** One image of 300 × 200 of each kind that is shown: their heads. */
export const images: Readonly<Record<string, Uint8Array>> = {
  'image/png': png(300, 200),
  'image/jpeg': Buffer.from(
    'ffd8ffe000104a46494600010100000100010000ffc0001108' + '00c8' + '012c' + '03011100021100031100',
    'hex',
  ),
  'image/gif': Buffer.concat([ascii('GIF89a'), Buffer.from('2c01c800f70000', 'hex')]),
  'image/webp': Buffer.concat([
    ascii('RIFF\0\0\0\0WEBPVP8X\n\0\0\0\0\0\0\0'),
    Buffer.from('2b0100c70000', 'hex'),
  ]),
  'image/avif': Buffer.concat([
    ascii('\0\0\0 ftypavif\0\0\0\0avifmif1miaf'),
    ascii('\0\0\0\x14ispe\0\0\0\0'),
    Buffer.from('0000012c000000c8', 'hex'),
  ]),
}

import { crc32, deflateSync } from 'node:zlib'

/** A small picture of a lake at evening, drawn here: no file of anybody's. PNG (RFC 2083), 240 x 160. */
export function samplePicture(): Buffer {
  const width = 240
  const height = 160
  const rows = Buffer.alloc(height * (1 + width * 3))
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = y * (1 + width * 3) + 1 + x * 3
      const [red, green, blue] = colourAt(x, y, width)
      rows[at] = red
      rows[at + 1] = green
      rows[at + 2] = blue
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 2, 0, 0, 0], 8)
  return Buffer.concat([
    Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

function colourAt(x: number, y: number, width: number): readonly [number, number, number] {
  const ridge = 78 - 26 * Math.sin((x / width) * Math.PI * 1.4 + 0.4) - 6 * Math.sin(x / 9)
  if ((x - 170) ** 2 + (y - 44) ** 2 < 200) return [255, 226, 150]
  if (y < ridge) return [235 - y, 150 + Math.floor(y / 3), 130 + y]
  if (y < 104) return [52, 58 + Math.floor((y - ridge) / 4), 84]
  const ripple = (y * 7 + Math.floor(x / 6) * 3) % 11 < 2 ? 26 : 0
  return [70 + ripple, 92 + ripple, 138 + ripple - Math.floor((y - 104) / 2)]
}

function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const frame = Buffer.alloc(8 + body.length)
  frame.writeUInt32BE(data.length, 0)
  body.copy(frame, 4)
  frame.writeUInt32BE(crc32(body), 4 + body.length)
  return frame
}

/** A one-page PDF with a few lines of Latin-1 text. */
export function samplePdf(lines: readonly string[]): Buffer {
  const escaped = lines.map(line => line.replace(/[\\()]/g, '\\$&'))
  const content = `BT /F1 14 Tf 18 TL 60 770 Td ${escaped.map(line => `(${line}) Tj T*`).join(' ')} ET`
  const objects = [
    '<< /Type /Catalog /Pages 2 0 R >>',
    '<< /Type /Pages /Kids [3 0 R] /Count 1 >>',
    '<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>',
    `<< /Length ${content.length} >>\nstream\n${content}\nendstream`,
    '<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>',
  ]
  let file = '%PDF-1.4\n'
  const offsets: number[] = []
  objects.forEach((object, index) => {
    offsets.push(file.length)
    file += `${index + 1} 0 obj\n${object}\nendobj\n`
  })
  const table = offsets.map(offset => `${String(offset).padStart(10, '0')} 00000 n \n`).join('')
  const trailer = `trailer\n<< /Size ${objects.length + 1} /Root 1 0 R >>\nstartxref\n${file.length}\n%%EOF\n`
  return Buffer.from(
    `${file}xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${table}${trailer}`,
    'latin1',
  )
}

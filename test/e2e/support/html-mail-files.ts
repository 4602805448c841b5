import { writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

const chunk = (type: string, data: Buffer): Buffer => {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  body.copy(out, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}

/** A picture with a frame and a diagonal, so that a squashed one is seen. */
const picture = (width: number, height: number): string => {
  const head = Buffer.alloc(13)
  head.writeUInt32BE(width, 0)
  head.writeUInt32BE(height, 4)
  head.set([8, 0, 0, 0, 0], 8)
  const rows = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const isLine =
        x < 2 || y < 2 || x > width - 3 || y > height - 3 || Math.abs(x * height - y * width) < 2 * height
      rows[y * (width + 1) + 1 + x] = isLine ? 60 : 190
    }
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10]),
    chunk('IHDR', head),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return `data:image/png;base64,${png.toString('base64')}`
}

const sizeIn = (tag: string, name: string): number | null => {
  const value = new RegExp(`\\b${name}\\s*[=:]\\s*["']?(\\d{1,4})(?!\\d*%)`, 'i').exec(tag)?.[1]
  return value === undefined || Number(value) === 0 ? null : Number(value)
}

/** The mail with a picture of the right size in place of each remote one, as if all had been loaded. */
export const withPictures = (html: string): string =>
  html.replace(/<img\b[^>]*>/gi, tag => {
    if (/\ssrc\s*=\s*["']?data:/i.test(tag)) return tag
    const width = sizeIn(tag, 'width')
    const height = sizeIn(tag, 'height')
    // A large picture of the same shape needs no more dots than a small one.
    const share = Math.min(1, 1200 / Math.max(width ?? 1, height ?? 1))
    const across = Math.max(1, Math.round((width ?? (height ?? 150) * 2) * share))
    const source = picture(across, Math.max(1, Math.round((height ?? (width ?? 300) / 2) * share)))
    return tag.replace(/(\ssrc\s*=\s*)("[^"]*"|'[^']*'|[^\s>]+)/i, `$1"${source}"`)
  })

/** A file that `files.import` reads, one message for each body, a minute apart; the subject is its name. */
export const writeMailbox = (
  path: string,
  mails: readonly Readonly<{ name: string; html: string }>[],
): void => {
  const messages = mails.map(({ name, html }, at) => {
    const date = new Date(Date.UTC(2026, 10, 1, 12, at)).toUTCString().replace('GMT', '+0000')
    const body = Buffer.from(html).toString('base64').replace(/.{76}/g, '$&\n')
    return (
      `From sender@news.example Sun Nov  1 12:00:00 2026\nFrom: Sender <sender@news.example>\nTo: me@rig.test\n` +
      `Subject: ${name}\nDate: ${date}\nMessage-ID: <${at}.${name}@news.example>\nMIME-Version: 1.0\n` +
      `Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: base64\n\n${body}\n`
    )
  })
  writeFileSync(path, messages.join('\n'))
}

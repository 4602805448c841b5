import { expect, test } from 'vitest'
import { mime } from '../../../../../../electron/engine/formats/mime/mime'
import { cleanFileName } from '../../../../../../electron/engine/formats/mime/parts/attachment-name'

/** A message of many parts whose names are made of what a careless trim takes quadratic time for. */
function messageOfNames(parts: number, name: string): Buffer {
  const lines = ['MIME-Version: 1.0', 'Content-Type: multipart/mixed; boundary=b', '']
  for (let at = 0; at < parts; at += 1)
    lines.push('--b', `Content-Disposition: attachment; filename="${name}"`, '', 'x')
  return Buffer.from([...lines, '--b--', ''].join('\r\n'))
}

test('two thousand attachments named by dots do not hang the reader', () => {
  // Quadratic work on each name took minutes here, far beyond any test's patience.
  const { attachments } = mime.parseMessage(messageOfNames(2000, `x${'.'.repeat(3900)}y`))
  expect(attachments).toHaveLength(1000)
  for (const { fileName } of attachments) expect(fileName.length).toBeLessThanOrEqual(150)
})

test('dots and spaces at the end of a name go, wherever it is cut', () => {
  expect(cleanFileName('report.pdf . . ')).toBe('report.pdf')
  expect(cleanFileName(`${'.'.repeat(50)}`)).toBe('')
  expect(cleanFileName(`a${' .'.repeat(400)}b.pdf`)).toMatch(/^a.*\.pdf$|^a$/)
})

import { expect, test } from 'vitest'
import { speaksOfAttachment } from '../../../../../../renderer/features/writing/attachments/attachment-words'

test.each([
  'Attached is the draft.',
  'Please see the attachment',
  'I enclose the contract',
  'anbei der Entwurf',
  'Im Anhang finden Sie die Liste.',
  'Die Rechnung ist beigefügt.',
  'Ich hänge dir die Fotos an.',
])('reminds of a forgotten attachment: %s', text => expect(speaksOfAttachment('', text)).toBe(true))

test.each([
  'We attach importance to this.',
  'Das Verfahren ist anhängig.',
  'An hang gliding I have no interest.',
  '> Attached is the draft.\n\nThank you, it is good.',
  'Thanks.\n\n-- \nattached to nobody',
])('does not nag: %s', text => expect(speaksOfAttachment('', text)).toBe(false))

test('the subject of a reply is not the writer’s promise', () => {
  expect(speaksOfAttachment('Re: see attachment', 'Fine.')).toBe(false)
  expect(speaksOfAttachment('Rechnung anbei', '')).toBe(true)
})

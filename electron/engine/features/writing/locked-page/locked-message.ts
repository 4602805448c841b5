/// <reference path="./virtual-locked-page.d.ts" />
import { SiegelError } from '../../../../../shared/kit/result'
import { cleanFileName } from '../../../formats/mime/parts/attachment-name'
import { withoutTraces } from '../../../formats/pictures/metadata/attachment-traces'
import type { Random } from '../../../ports/basics'
import { limits } from '../../../ports/limits'
import type { OutgoingMessage } from '../../../ports/writing/outgoing'
import { outgoingHtml } from '../build/outgoing-html'
import { lockContent } from './lock-content'
import { writeLockedPage } from './write-locked-page'

/** Says nothing of its content, in either language. */
const outerSubject = 'Encrypted message / Verschlüsselte Nachricht'
const fileName = 'message-nachricht.html'
const outerText = `This message is encrypted. Save the attached file and open it in a web browser.
It asks for the passphrase that you get from the sender on another way, and opens without any connection to a network.

Diese Nachricht ist verschlüsselt. Speichern Sie die angehängte Datei und öffnen Sie sie in einem Webbrowser.
Sie fragt nach der Passphrase, die Sie auf anderem Weg bekommen, und öffnet sich ohne jede Verbindung zu einem Netz.
`

/** The message for people without a key: the same people and thread, and all of the content in one sealed file. */
export async function lockedMessage(
  message: OutgoingMessage,
  passphrase: string,
  random: Pick<Random, 'bytes'>,
): Promise<OutgoingMessage> {
  const files = message.attachments.map(({ bytes, keepsTraces }) =>
    keepsTraces ? bytes : withoutTraces(bytes),
  )
  const sizeBytes = files.reduce((sum, each) => sum + each.length, 0)
  if (sizeBytes > limits.lockedPageBytes)
    throw new SiegelError('too-large', { sizeBytes, limitBytes: limits.lockedPageBytes })
  const { name, address } = message.from
  const head = {
    from: name === '' ? address : `${name} <${address}>`,
    subject: message.subject,
    date: `${new Date(message.dateMs).toISOString().slice(0, 16).replace('T', ' ')} UTC`,
    text: message.text,
    html: message.html === null ? null : outgoingHtml(message.html),
    files: message.attachments.map((attachment, index) => ({
      name: cleanFileName(attachment.fileName) || 'attachment',
      type: attachment.contentType,
      sizeBytes: files[index]?.length ?? 0,
    })),
  }
  // Loaded when it is needed: few messages are sent like this.
  const { lockedPageScript } = await import('virtual:locked-page')
  const sealed = await lockContent({ head, files }, passphrase, random.bytes)
  const page = writeLockedPage(sealed, lockedPageScript)
  return {
    ...message,
    subject: outerSubject,
    text: outerText,
    html: null,
    attachments: [{ fileName, contentType: 'text/html', bytes: page, keepsTraces: true }],
  }
}

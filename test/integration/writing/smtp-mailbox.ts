import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createTransport } from 'nodemailer'
import type { MailServers } from '../../rig/mail-servers'
import { until } from '../../support/until'

/** Messages that hold these bytes of a header or a text, delivered by the server; waits for the first one. */
export const mailHolding = (servers: MailServers, address: string, text: string): Promise<Buffer[]> =>
  mailThat(servers, address, bytes => bytes.includes(text), { wait: true })

/** Messages with that subject which the server has delivered; waits for the first one. */
export const newMailOf = (
  servers: MailServers,
  address: string,
  subject: string,
  options: { wait: boolean } = { wait: true },
): Promise<Buffer[]> =>
  mailThat(
    servers,
    address,
    bytes => bytes.includes(`Subject: ${subject}\r\n`) || bytes.includes(`Subject: ${subject}\n`),
    options,
  )

async function mailThat(
  servers: MailServers,
  address: string,
  isIt: (bytes: Buffer) => boolean,
  options: { wait: boolean },
): Promise<Buffer[]> {
  const folder = servers.maildir(address)
  const look = () =>
    ['new', 'cur'].flatMap(part =>
      readdirSync(join(folder, part))
        .map(name => readFileSync(join(folder, part, name)))
        .filter(isIt),
    )
  if (options.wait) await until(() => look().length > 0, `mail for ${address}`)
  // What was handed over before the last of these has arrived with it: a second copy would be here, or one that should not be.
  for (const turn of ['one', 'two']) await passOneThrough(servers, address, turn)
  return look()
}

/** A message goes the whole way through the server to that mailbox. */
async function passOneThrough(servers: MailServers, address: string, turn: string): Promise<void> {
  const marker = `marker-${turn}-${randomUUID()}`
  const transport = createTransport({
    host: 'localhost',
    port: servers.smtpsPort,
    secure: true,
    auth: { user: 'alice@rig.test', pass: 'alice-pw' },
    tls: { ca: readFileSync(servers.caFile, 'utf8') },
  })
  await transport.sendMail({
    envelope: { from: 'alice@rig.test', to: [address] },
    raw: `From: alice@rig.test\r\nTo: ${address}\r\nSubject: ${marker}\r\nMessage-ID: <${marker}@rig.test>\r\n\r\n.\r\n`,
  })
  const folder = servers.maildir(address)
  const isHere = () =>
    ['new', 'cur'].some(part =>
      readdirSync(join(folder, part)).some(name => readFileSync(join(folder, part, name)).includes(marker)),
    )
  await until(isHere, `${marker} for ${address}`)
}

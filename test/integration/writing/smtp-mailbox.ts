import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { MailServers } from '../../rig/mail-servers'

/** Messages that hold these bytes of a header or a text, delivered by the server; waits up to ten seconds for the first one. */
export const mailHolding = (servers: MailServers, address: string, text: string): Promise<Buffer[]> =>
  mailThat(servers, address, bytes => bytes.includes(text), { wait: true })

/** Messages with that subject which the server has delivered; waits up to ten seconds for the first one. */
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
  const endsAtMs = Date.now() + (options.wait ? 60_000 : 1_000)
  for (;;) {
    const found = look()
    if (found.length > 0 || Date.now() > endsAtMs) {
      // One more look a little later, so that a second copy would be seen.
      await new Promise(resolve => setTimeout(resolve, 500))
      return look()
    }
    await new Promise(resolve => setTimeout(resolve, 100))
  }
}

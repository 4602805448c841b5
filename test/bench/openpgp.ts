import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startDesktopSession } from '../e2e/support/desktop-session'
import { encryptedMail, importMail, profileWithKey } from '../e2e/support/encrypted-mail'
import { launchOn } from '../e2e/support/launch'
import { Gnupg } from '../support/gnupg'
import { readLoops, watchLoops } from './event-loops'
import { median, megabytes, quantile, readable, timed } from './measure'
import { type BenchTable, ratio, type Scenario, verdict } from './scenario'
import { callFromPage, memoryOf } from './window'

type Window = Awaited<ReturnType<typeof launchOn>>
/** A frame at 60 a second: main must not stand still for longer. */
const frameMs = 16
const largeBytes = 10_000_000

async function timedCall(window: Window, name: string, input: unknown): Promise<number> {
  const start = performance.now()
  const answer = await callFromPage<{ security?: { encryption: string } }>(window, name, input)
  if (name === 'messages.get' && answer.security?.encryption !== 'encrypted')
    throw new Error(`decryption ended as ${answer.security?.encryption}`)
  return performance.now() - start
}

/** Main with the vault's thread in it: the two share a process. */
const mainMemory = async (window: Window): Promise<number> =>
  (await memoryOf(window)).find(({ role }) => role === 'main')?.residentBytes ?? 0

/** Decrypting what is opened in the window, beside `gpg --decrypt` called once for each message. */
export const openpgp: Scenario = {
  name: 'openpgp',
  async run({ quick, say }): Promise<readonly BenchTable[]> {
    const count = quick ? 20 : 100
    const gpg = new Gnupg()
    const desktop = await startDesktopSession({ keyring: 'unlocked', screen: true })
    try {
      const window = await launchOn(desktop)
      const mailboxId = await profileWithKey(window, gpg)
      const [account] = await callFromPage<{ id: string }[]>(window, 'accounts.list', {})
      // Nothing is to be decrypted before it is opened.
      const change = { indexDecrypted: false }
      await callFromPage(window, 'keys.setSettings', { accountId: account?.id, change })
      await callFromPage(window, 'app.lock', {})
      const unlockMs = await timedCall(window, 'app.unlock', { passphrase: null })

      say('openpgp: encrypting with gpg')
      const folder = join(desktop.directory, 'mail')
      mkdirSync(folder)
      // GnuPG gets a key of the same kind of its own: the secret key of the profile does not leave it.
      gpg.generate('Peer <peer@example.org>')
      const peers: string[] = []
      const prepare = (name: string, size: number) => {
        const bytes = randomBytes(size)
        const header = { 'Message-ID': `<${name}@bench.test>` }
        writeFileSync(join(folder, `${name}.eml`), encryptedMail(gpg, bytes, header))
        const peer = join(desktop.directory, `${name}.asc`)
        const text = Buffer.from(bytes.toString('base64'))
        writeFileSync(peer, gpg.encrypted(text, ['peer@example.org']))
        peers.push(peer)
      }
      for (let index = 0; index < count; index++) prepare(`small-${index}`, 2000)
      const small = await importMail(window, mailboxId, folder, 'directory')
      const decrypting = ['--homedir', gpg.home, '--batch', '--quiet', '--pinentry-mode', 'loopback']
      const gpgOnce = (file: string) =>
        timed('gpg', [
          ...decrypting,
          '--passphrase',
          '',
          '--output',
          `${file}.out`,
          '--yes',
          '--decrypt',
          file,
        ])
      // Both are warm: the library is loaded here, the agent runs there.
      const [first = 0, ...rest] = small
      const firstMs = await timedCall(window, 'messages.get', { messageId: first })
      await gpgOnce(peers[0] ?? '')

      say('openpgp: small messages')
      const siegelMs: number[] = []
      const gpgMs: number[] = []
      for (const [index, messageId] of rest.entries()) {
        siegelMs.push(await timedCall(window, 'messages.get', { messageId }))
        gpgMs.push((await gpgOnce(peers[index + 1] ?? '')).ms)
      }

      say('openpgp: a large message')
      prepare('large', largeBytes)
      const largeFile = join(folder, 'large.eml')
      const all = await importMail(window, mailboxId, largeFile)
      const large = all.find(id => !small.includes(id))
      const before = await mainMemory(window)
      await watchLoops(window)
      const largeMs = await timedCall(window, 'messages.get', { messageId: large })
      const { main } = await readLoops(window)
      const after = await mainMemory(window)
      const gpgLargeMs = (await gpgOnce(peers.at(-1) ?? '')).ms
      await window.quit()

      const row = (what: string, own: number, peer: number) => [
        what,
        readable(own),
        readable(peer),
        ratio(own / peer),
      ]
      return [
        {
          title: 'Opening encrypted mail',
          about: `${count - 1} messages of 2 kB and one of ${megabytes(largeBytes)}, encrypted by GnuPG, each opened for the first time: from the question of the page to the whole answer (decrypted in the vault, parsed and judged in the engine). The peer is \`gpg --decrypt\` called once a message, in turns, from file to file, with a key of its own; its agent runs already. Unlocking is from the keychain, engine and store included; the first message afterwards, for which the OpenPGP library is loaded, took ${readable(firstMs)}.`,
          head: ['', 'Siegel', '`gpg` a message', 'Siegel / gpg'],
          rows: [
            row('small, median', median(siegelMs), median(gpgMs)),
            row('small, 95th of 100', quantile(siegelMs, 0.95), quantile(gpgMs, 0.95)),
            row(`${megabytes(largeBytes)}`, largeMs, gpgLargeMs),
            ['unlocking', readable(unlockMs), '', ''],
            ['memory of main and the vault, before the large one', megabytes(before), '', ''],
            ['memory of main and the vault, after it', megabytes(after), '', ''],
            ['longest stretch main was late, by the clock', readable(main.longest.wallMs), '', ''],
            ['longest stretch main worked', readable(main.longestWorkMs), '', ''],
          ],
          verdicts: [
            verdict(
              'Main at work at a stretch while the large one is opened',
              main.longestWorkMs,
              frameMs,
              readable,
            ),
          ],
        },
      ]
    } finally {
      gpg.close()
      await desktop.stop()
    }
  },
}

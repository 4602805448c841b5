import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startMailServers } from '../rig/mail-servers'
import { fillInbox, generatedMaildir } from './mailbox'
import { median, readable, timed } from './measure'
import type { BenchTable, Scenario } from './scenario'
import { SiegelCommandLine } from './siegel'

const address = 'alice@rig.test'

/** Encrypting a mailbox on the server against `gpg` called once a message on the same mail, which moves nothing. */
export const inboxEncryption: Scenario = {
  name: 'inbox-encryption',
  async run({ quick, rounds, say }): Promise<readonly BenchTable[]> {
    const count = quick ? 100 : 400
    const source = generatedMaildir(count)
    const folder = mkdtempSync(join(tmpdir(), 'siegel-bench-inbox-'))
    const whole: number[] = []
    const start: number[] = []
    const gpg: number[] = []
    const cpu: { siegel: number[]; gpg: number[] } = { siegel: [], gpg: [] }
    try {
      for (let round = 0; round < rounds; round++) {
        say(`encrypted inbox, round ${round + 1}`)
        const servers = await startMailServers()
        try {
          await fillInbox(servers, address, source)
          const siegel = new SiegelCommandLine(join(folder, `siegel-${round}`))
          await siegel.create()
          await siegel.addAccount(servers, address)
          const publicKey = await readyKey(siegel, join(folder, `siegel-${round}`))
          await siegel.run('sync')
          await siegel.run('inbox-encryption', 'on', '--keep-days', '0')
          const run = await siegel.run('inbox-encryption', 'run', '--json')
          const { job } = JSON.parse(run.stdout) as { job: { done: number } | null }
          if (job?.done !== count) throw new Error(`${job?.done} of ${count} were encrypted`)
          const idle = await siegel.run('inbox-encryption', 'status')
          whole.push(run.ms)
          start.push(idle.ms)
          cpu.siegel.push(run.cpuMs - idle.cpuMs)
          const peer = await encryptEach(join(source, 'cur'), join(folder, `gpg-${round}`), publicKey)
          gpg.push(peer.ms)
          cpu.gpg.push(peer.cpuMs)
        } finally {
          await servers.stop()
        }
      }
    } finally {
      rmSync(folder, { recursive: true, force: true })
    }
    const siegelMs = median(whole) - median(start)
    const perSecond = (ms: number) => (count / (ms / 1000)).toFixed(0)
    return [
      {
        title: 'Encrypted inbox',
        about: `${count} messages of the generated mailbox. Siegel: \`inbox-encryption run\` without the start of the program, that is, for each message: encrypt, take the encryption apart again, journal, APPEND, fetch back, decrypt, compare, mark, expunge. The peer is \`gpg --encrypt\` called once a message, from file to file, to the same key; it checks nothing and moves nothing.`,
        head: ['', 'time', 'messages a second', 'processor time'],
        rows: [
          ['Siegel', readable(siegelMs), perSecond(siegelMs), readable(median(cpu.siegel))],
          ['`gpg` a message', readable(median(gpg)), perSecond(median(gpg)), readable(median(cpu.gpg))],
        ],
        verdicts: [],
      },
    ]
  },
}

/** A key with a backup; answers the file of its public part. */
async function readyKey(siegel: SiegelCommandLine, folder: string): Promise<string> {
  const made = await siegel.run('keys', 'generate', address, '--json')
  const { facts } = JSON.parse(made.stdout) as { facts: { fingerprint: string } }
  const passphraseFile = join(folder, 'key-passphrase')
  writeFileSync(passphraseFile, 'correct horse battery staple 7 bench\n', { mode: 0o600 })
  const secret = ['--secret', '--out', join(folder, 'secret.asc'), '--key-passphrase-file', passphraseFile]
  await siegel.run('keys', 'export', facts.fingerprint, ...secret)
  const publicKey = join(folder, 'public.asc')
  await siegel.run('keys', 'export', facts.fingerprint, '--out', publicKey)
  return publicKey
}

async function encryptEach(mails: string, home: string, publicKey: string) {
  mkdirSync(home, { mode: 0o700 })
  const gpg = ['--homedir', home, '--batch', '--quiet', '--trust-model', 'always', '--no-auto-check-trustdb']
  await timed('gpg', [...gpg, '--import', publicKey])
  const list = join(home, 'mails')
  writeFileSync(
    list,
    readdirSync(mails)
      .map(name => `${join(mails, name)}\n`)
      .join(''),
  )
  const each = `while IFS= read -r mail; do gpg "$@" --armor --recipient ${address} --encrypt < "$mail" > "$0/out.asc" || exit 1; done < "$0/mails"`
  return timed('bash', ['-c', each, home, ...gpg])
}

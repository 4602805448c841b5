import { readBundle, writeBundle } from '../../electron/engine/formats/omemo/stanza/bundle'
import { writeEncrypted } from '../../electron/engine/formats/omemo/stanza/encrypted'
import { serialize } from '../../electron/engine/ports/chat/serialize'
import { runOmemo } from '../../electron/vault/omemo/operations'
import type { OmemoVersion } from '../../shared/ipc/vault/omemo-calls'
import { openOmemoPeer } from '../support/omemo-peer'
import { type Sent, Siegel } from '../support/omemo-siegel'
import { parsedElement } from '../support/omemo-xml'
import { readable } from './measure'
import { type BenchTable, ratio, type Scenario, verdict } from './scenario'

const devices = 10

/** Processor time: it does not matter who else is at work. */
function cpuMs(work: () => void): number {
  const before = process.cpuUsage()
  work()
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}

/** One message after the other to ten devices with whom there are sessions, states sealed each time. */
function encryptingMs(version: OmemoVersion, rounds: number): number {
  const [a, b] = [new Siegel('a@example.org', 1), new Siegel('b@example.org', 2)]
  const own = { accountId: a.account, device: a.device, version, nowMs: a.nowMs }
  const bundle = b.bundle(version)
  let recipients = Array.from({ length: devices }, (_, at) => ({
    ...{ jid: 'b@example.org', deviceId: 100 + at, fingerprint: null, bundle },
    sessions: null as Uint8Array | null,
  }))
  const once = () => {
    const { sessions } = runOmemo(
      'encryptOmemo',
      { ...own, content: Buffer.from('hello'), recipients },
      a.place,
    )
    recipients = recipients.map((each, at) => ({ ...each, sessions: sessions[at]?.sessions ?? null }))
  }
  once()
  return cpuMs(() => {
    for (let round = 0; round < rounds; round++) once()
  })
}

async function measure(version: OmemoVersion, count: number, rounds: number) {
  const [a, b] = [new Siegel('a@example.org', 1), new Siegel('b@example.org', 2)]
  if (b.receive(a.send(version, b, 'first')) !== 'first') throw new Error('not read')
  if (a.receive(b.send(version, a, 'answer')) !== 'answer') throw new Error('not read')
  const messages: Sent[] = Array.from({ length: count }, (_, at) => a.send(version, b, `message ${at}`))
  const decryptMs = cpuMs(() => {
    for (const message of messages) if (b.receive(message).startsWith('refused')) throw new Error('not read')
  })

  const peer = openOmemoPeer(version, 'peer@example.org', 3)
  try {
    await peer.begin()
    const xml = serialize(writeBundle(a.bundle(version)), '')
    await peer.meet(a.jid, a.deviceId, xml)
    const first = await peer.encrypt(a.jid, a.deviceId, 'first')
    if (!first.includes('encrypted')) throw new Error('not encrypted')
    // The same to ten devices: one key pair stands for all of them.
    const meeting = Array.from({ length: devices }, (_, at) => ({
      do: 'meet',
      jid: a.jid,
      device: 100 + at,
      xml,
    }))
    await peer.timed(meeting)
    const toAll = meeting.map(({ jid, device }) => ({ do: 'encrypt', jid, device, text: 'hello' }))
    await peer.timed(toAll)
    const peerEncryptMs = await peer.timed(Array.from({ length: rounds }, () => toAll).flat())

    const other = openOmemoPeer(version, 'b@example.org', 2)
    try {
      await other.begin()
      const c = new Siegel('c@example.org', 4)
      await other.meet(c.jid, c.deviceId, serialize(writeBundle(c.bundle(version)), ''))
      const bundle = readBundle(version, parsedElement(await other.bundle()))
      const stanzas = Array.from({ length: count }, (_, at) => {
        const isFirst = c.sessionsWith(version, other) === null
        const answer = c.encrypt(version, other, Buffer.from(`message ${at}`), {
          bundle: isFirst ? bundle : null,
        })
        answer.commit()
        return { do: 'decrypt', jid: c.jid, device: c.deviceId, xml: serialize(writeEncrypted(answer), '') }
      })
      const peerDecryptMs = await other.timed(stanzas)
      return { decryptMs, encryptMs: encryptingMs(version, rounds), peerDecryptMs, peerEncryptMs }
    } finally {
      await other.close()
    }
  } finally {
    await peer.close()
  }
}

/** The ratchets and what is around them, beside python-oldmemo and python-twomemo. */
export const omemo: Scenario = {
  name: 'omemo',
  async run({ quick, say }): Promise<readonly BenchTable[]> {
    const count = quick ? 100 : 1000
    const rounds = quick ? 10 : 100
    const rows: string[][] = []
    const verdicts: string[] = []
    for (const version of ['omemo', 'omemo2'] as const) {
      say(`omemo: ${version}`)
      const { decryptMs, encryptMs, peerDecryptMs, peerEncryptMs } = await measure(version, count, rounds)
      rows.push(
        [
          `${version}: ${count} messages decrypted`,
          readable(decryptMs),
          readable(peerDecryptMs),
          ratio(decryptMs / peerDecryptMs),
        ],
        [
          `${version}: ${rounds} messages for ${devices} devices`,
          readable(encryptMs),
          readable(peerEncryptMs),
          ratio(encryptMs / peerEncryptMs),
        ],
      )
      verdicts.push(
        verdict(`${version}: a message decrypted`, decryptMs / count, peerDecryptMs / count, readable),
      )
    }
    return [
      {
        title: 'OMEMO',
        about: `Processor time. Siegel opens and seals all state for each message, as the vault does; the peer (python-oldmemo, python-twomemo) keeps its state in memory and reads its stanzas, which it checks with an XML schema.`,
        head: ['', 'Siegel', 'python', 'ratio'],
        rows,
        verdicts,
      },
    ]
  },
}

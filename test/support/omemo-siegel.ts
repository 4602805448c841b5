import { runOmemo } from '../../electron/vault/omemo/operations'
import { readExchange, readMessage } from '../../electron/vault/omemo/wire/messages'
import { variantOf } from '../../electron/vault/omemo/wire/variant'
import type { OmemoBundle, OmemoVersion } from '../../shared/ipc/vault/omemo-calls'
import type { VaultCallOutput } from '../../shared/ipc/vault/vault-calls'
import { accountId } from '../../shared/kit/ids'

type Encrypted = VaultCallOutput<'encryptOmemo'>
type Decrypted = VaultCallOutput<'decryptOmemo'>

/** What one device sends to one other. */
export type Sent = Readonly<{
  version: OmemoVersion
  from: Readonly<{ jid: string; deviceId: number }>
  key: Encrypted['keys'][number]
  iv: Uint8Array | null
  payload: Uint8Array | null
}>

export type Device = Readonly<{ jid: string; deviceId: number }>

const nameOf = (version: OmemoVersion, { jid, deviceId }: Device) => `${version} ${jid} ${deviceId}`

/** Which message of which chain these bytes are. */
export function chainPlace({ version, key }: Pick<Sent, 'version' | 'key'>): string {
  const variant = variantOf(version)
  const data = Buffer.from(key.data)
  const message = key.isKeyExchange ? readExchange(variant, data)?.message : data
  const read = message && readMessage(variant, message)
  if (!read) throw new Error('not a message')
  return `${read.ratchetKey.toString('hex')} ${read.counter}`
}

/** One device with what its engine would have stored. Whatever is not committed is forgotten, as after a kill. */
export class Siegel {
  readonly jid: string
  readonly deviceId: number
  readonly place: Readonly<{ master: Uint8Array; profileId: string }>
  readonly account = accountId.parse('0a'.repeat(16))
  device: Uint8Array
  fingerprint: string
  nowMs = 1_000_000
  readonly sessions = new Map<string, Uint8Array>()

  /** `begun`: the same device as that one was when it was made, and its bundle. */
  constructor(jid: string, deviceId: number, begun: Siegel | null = null) {
    this.jid = jid
    this.deviceId = deviceId
    const master = deviceId
    if (begun) {
      this.place = begun.place
      this.device = begun.device
      this.fingerprint = begun.fingerprint
      this.#published = begun.#published
      return
    }
    this.place = { master: Buffer.alloc(32, master), profileId: 'cd'.repeat(16) }
    const made = runOmemo(
      'createOmemoDevice',
      { accountId: this.account, deviceId, nowMs: this.nowMs },
      this.place,
    )
    this.device = made.device
    this.fingerprint = made.fingerprint
  }

  #published: Record<OmemoVersion, OmemoBundle> | null = null

  get #own() {
    return { accountId: this.account, device: this.device }
  }

  /** As it was published last: `maintain` publishes anew. */
  bundle(version: OmemoVersion): OmemoBundle {
    this.#published ??= runOmemo('ownOmemoBundles', this.#own, this.place).bundles
    return this.#published[version]
  }

  sessionsWith(version: OmemoVersion, other: Device): Uint8Array | null {
    return this.sessions.get(nameOf(version, other)) ?? null
  }

  /** Encrypts without storing anything; `commit` of the answer stores. */
  encrypt(
    version: OmemoVersion,
    to: Device,
    content: Uint8Array | null,
    { bundle = null, renew = false }: Readonly<{ bundle?: OmemoBundle | null; renew?: boolean }> = {},
  ): Encrypted & { commit(): Sent } {
    const recipient = { ...{ jid: to.jid, deviceId: to.deviceId, fingerprint: null, bundle, renew } }
    const sessions = this.sessionsWith(version, to)
    const answer = runOmemo(
      'encryptOmemo',
      { ...this.#own, version, content, recipients: [{ ...recipient, sessions }], nowMs: this.nowMs },
      this.place,
    )
    return {
      ...answer,
      commit: () => {
        const [key] = answer.keys
        const [state] = answer.sessions
        if (!key || !state) throw new Error(`not encrypted: ${answer.failed[0]?.problem}`)
        this.sessions.set(nameOf(version, to), state.sessions)
        return { version, from: this, key, iv: answer.iv, payload: answer.payload }
      },
    }
  }

  /** Sends a text: the session is built from the bundle where there is none. */
  send(
    version: OmemoVersion,
    to: Siegel,
    text: string | null,
    options: Readonly<{ renew?: boolean; bundle?: OmemoBundle }> = {},
  ): Sent {
    const isNew = this.sessionsWith(version, to) === null || options.renew === true
    const bundle = options.bundle ?? (isNew ? to.bundle(version) : null)
    const content = text === null ? null : Buffer.from(text)
    return this.encrypt(version, to, content, { bundle, renew: options.renew ?? false }).commit()
  }

  /** Reads without storing. */
  read(sent: Sent, fingerprint: string | null = null): Decrypted {
    const { version, from, key, iv, payload } = sent
    const sender = { jid: from.jid, deviceId: from.deviceId }
    const message = { version, sender, sessions: this.sessionsWith(version, from), fingerprint, iv, payload }
    const { isKeyExchange, data } = key
    return runOmemo(
      'decryptOmemo',
      { ...this.#own, message: { ...message, key: { isKeyExchange, data } }, nowMs: this.nowMs },
      this.place,
    )
  }

  /** Reads and stores; a text, `(empty)`, or why not. */
  receive(sent: Sent, fingerprint: string | null = null): string {
    const answer = this.read(sent, fingerprint)
    if (answer.kind === 'refused') return `refused: ${answer.reason}`
    this.sessions.set(nameOf(sent.version, sent.from), answer.sessions)
    if (answer.device) this.device = answer.device
    return answer.content === null ? '(empty)' : Buffer.from(answer.content).toString()
  }

  maintain(catchUpOver: boolean): readonly OmemoVersion[] {
    const answer = runOmemo('maintainOmemo', { ...this.#own, nowMs: this.nowMs, catchUpOver }, this.place)
    if (answer.device) this.device = answer.device
    if (answer.publish.length > 0) this.#published = null
    return answer.publish
  }

  judge(bundle: OmemoBundle) {
    return runOmemo('judgePublishedOmemo', { ...this.#own, bundle }, this.place).state
  }
}

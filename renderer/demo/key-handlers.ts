import { isRenewalDue } from '../../shared/features/keys/key-facts-at'
import type { ContactKey, Fingerprint, KeyConflict, KeyFacts, OwnKey } from '../../shared/features/keys/model'
import { defaultOpenpgpSettings, type OpenpgpSettings } from '../../shared/features/writing/protection'
import type { FaceCallName } from '../../shared/ipc/contract'
import type { AccountId } from '../../shared/kit/ids'
import { SiegelError } from '../../shared/kit/result'
import { me, people } from './demo-people'
import type { FakeWorld } from './fake-world'
import type { Handlers } from './handlers'

const dayMs = 86_400_000

/** A fingerprint that looks like one; only its beginning matters. */
const fingerprintOf = (start: string): Fingerprint =>
  start.padEnd(40, '7c19be04f2a86d53').slice(0, 40) as Fingerprint

function factsOf(start: string, name: string, address: string, more: Partial<KeyFacts> = {}): KeyFacts {
  const fingerprint = fingerprintOf(start)
  return {
    fingerprint,
    keyIds: [fingerprint.slice(-16)],
    version: 4,
    algorithm: 'Ed25519 / X25519',
    createdAtMs: Date.now() - 200 * dayMs,
    expiresAtMs: Date.now() + 530 * dayMs,
    encryptionExpiresAtMs: null,
    userIds: [{ name, address, valid: true }],
    canEncrypt: true,
    canSign: true,
    readsAead: false,
    problems: [],
    ...more,
  }
}

function ownKeyOf(facts: KeyFacts, defaultFor: AccountId[], more: Partial<OwnKey> = {}): OwnKey {
  return {
    facts,
    defaultFor,
    protection: 'vault',
    unlocked: true,
    backedUpAtMs: null,
    hasRevocationCertificate: true,
    renewalDue: isRenewalDue(facts, Date.now()),
    addedAtMs: Date.now(),
    ...more,
  }
}

function contactOf(facts: KeyFacts, more: Partial<ContactKey> = {}): ContactKey {
  return {
    address: facts.userIds[0]?.address ?? '',
    facts,
    trust: 'none',
    evidence: [{ source: 'autocrypt', atMs: Date.now() - 3 * dayMs, detail: '' }],
    inUse: true,
    rejected: false,
    verifiedAtMs: null,
    firstSeenAtMs: Date.now() - 90 * dayMs,
    prefersEncryption: null,
    ...more,
  }
}

/** Keys of the demo: `keys=full` and `keys=conflict` in the address of the page show them, otherwise there are none. */
export function keyHandlers(
  world: FakeWorld,
  options: URLSearchParams,
): Handlers<Exclude<Extract<FaceCallName, `keys.${string}`>, 'keys.plan'>> {
  const own = new Map<string, OwnKey>()
  const contacts: ContactKey[] = []
  const conflicts = new Map<string, KeyConflict>()
  const settings = new Map<string, OpenpgpSettings>()
  const state = options.get('keys')
  const account = world.accounts[0]
  if ((state === 'full' || state === 'conflict') && account) fill(account.id)

  function fill(accountId: AccountId): void {
    const key = ownKeyOf(factsOf('4be1', me.name, me.address, { expiresAtMs: Date.now() + 41 * dayMs }), [
      accountId,
    ])
    const old = ownKeyOf(
      factsOf('91d0', me.name, me.address, {
        algorithm: 'RSA 4096',
        expiresAtMs: Date.now() - 120 * dayMs,
        problems: ['expired'],
        canEncrypt: false,
      }),
      [],
      { protection: 'passphrase', unlocked: false, backedUpAtMs: Date.now() - 400 * dayMs },
    )
    for (const each of [key, old]) own.set(each.facts.fingerprint, each)
    settings.set(accountId, { ...defaultOpenpgpSettings, key: key.facts.fingerprint })
    const [one, two, three] = Object.values(people)
    if (!one || !two || !three) return
    contacts.push(
      contactOf(factsOf('c30a', one.name, one.address), {
        trust: 'verified',
        verifiedAtMs: Date.now() - 30 * dayMs,
        prefersEncryption: true,
      }),
      contactOf(factsOf('7f52', two.name, two.address), {
        trust: 'some',
        evidence: [{ source: 'wkd', atMs: Date.now() - 12 * dayMs, detail: two.address.split('@')[1] ?? '' }],
      }),
      contactOf(factsOf('e8b7', three.name, three.address, { problems: ['expired'], canEncrypt: false })),
    )
    if (state !== 'conflict') return
    const found = contactOf(factsOf('05d4', one.name, one.address), { inUse: false })
    contacts.push(found)
    conflicts.set(one.address, {
      address: one.address,
      known: fingerprintOf('c30a'),
      knownTrust: 'verified',
      found: found.facts.fingerprint,
      source: 'autocrypt',
      atMs: Date.now(),
    })
  }

  const changed = () => world.changed('key', null)
  const ownKey = (fingerprint: string): OwnKey => {
    const key = own.get(fingerprint)
    if (!key) throw new SiegelError('not-found', { what: 'key' })
    return key
  }
  const put = (key: OwnKey): OwnKey => {
    own.set(key.facts.fingerprint, { ...key, renewalDue: isRenewalDue(key.facts, Date.now()) })
    changed()
    return ownKey(key.facts.fingerprint)
  }
  const change = (address: string, fingerprint: string, values: Partial<ContactKey>) => {
    contacts.forEach((key, at) => {
      if (key.address !== address) return
      if (key.facts.fingerprint === fingerprint) contacts[at] = { ...key, ...values }
      else if (values.inUse === true) contacts[at] = { ...key, inUse: false }
    })
    changed()
    return {}
  }
  const settingsOf = (accountId: string) => settings.get(accountId) ?? defaultOpenpgpSettings
  const nothingTaken = {
    keys: [],
    conflicts: [],
    broken: 0,
    unusable: 0,
    unusableKinds: [],
    secretCount: 0,
    withoutAddress: 0,
    revoked: [],
    unknownRevocations: 0,
  }

  return {
    'keys.list': () =>
      [...own.values()].map(key => ({
        ...key,
        defaultFor: [...settings].flatMap(([id, { key: used }]) =>
          used === key.facts.fingerprint ? [id as AccountId] : [],
        ),
      })),
    'keys.generate': ({ name, address, accountId, version, expiresAtMs }) => {
      const facts = factsOf(world.newId().toString(16).padStart(4, 'a'), name, address, {
        version,
        expiresAtMs,
      })
      if (accountId !== null) settings.set(accountId, { ...settingsOf(accountId), key: facts.fingerprint })
      return put(ownKeyOf(facts, []))
    },
    'keys.change': ({ fingerprint, change: what }) => {
      const key = ownKey(fingerprint)
      const { facts } = key
      if (what.kind === 'expiry')
        return put({ ...key, facts: { ...facts, expiresAtMs: what.expiresAtMs, problems: [] } })
      if (what.kind === 'revoke')
        return put({ ...key, facts: { ...facts, problems: ['revoked'], canEncrypt: false } })
      const userIds = [...facts.userIds, { name: what.name, address: what.address, valid: true }]
      return put({ ...key, facts: { ...facts, userIds } })
    },
    'keys.importSecret': () => null,
    'keys.importThunderbird': () => null,
    'keys.importSetupMessage': () => {
      throw new SiegelError('message-malformed')
    },
    'keys.exportSecret': ({ fingerprint }) => {
      put({ ...ownKey(fingerprint), backedUpAtMs: Date.now() })
      return { saved: ['/home/lena/key-secret.asc'] }
    },
    'keys.exportRevocation': () => ({ saved: ['/home/lena/key-revocation.asc'] }),
    'keys.savePublic': () => ({ saved: ['/home/lena/key-public.asc'] }),
    'keys.unlock': ({ fingerprint }) => {
      put({ ...ownKey(fingerprint), unlocked: true })
      return {}
    },
    'keys.forgetPassphrase': ({ fingerprint }) => {
      put({ ...ownKey(fingerprint), unlocked: false })
      return {}
    },
    'keys.setPassphrase': ({ fingerprint, passphrase }) => {
      put({ ...ownKey(fingerprint), protection: passphrase === null ? 'vault' : 'passphrase' })
      return {}
    },
    'keys.removeOwn': ({ fingerprint }) => {
      own.delete(fingerprint)
      changed()
      return { removed: true }
    },
    'keys.importPublic': () => nothingTaken,
    'keys.importPublicFile': () => nothingTaken,
    'keys.importFromMessage': () => nothingTaken,
    'keys.exportPublic': () => ({ armored: '-----BEGIN PGP PUBLIC KEY BLOCK-----\n' }),
    'keys.find': ({ address }) => ({
      address,
      found: contacts.filter(key => key.address === address),
      steps: [
        { source: 'local', target: address, outcome: 'nothing', detail: '' },
        {
          source: 'wkd-advanced',
          target: `openpgpkey.${address.split('@')[1] ?? ''}`,
          outcome: 'nothing',
          detail: 'HTTP 404',
        },
        { source: 'keyserver', target: 'keys.openpgp.org', outcome: 'off', detail: 'off' },
      ],
    }),
    'keys.contacts': ({ address }) => ({
      keys: contacts.filter(key => address === null || key.address === address),
      conflicts: [...conflicts.values()].filter(each => address === null || each.address === address),
    }),
    'keys.compare': ({ fingerprint, own: chosen }) => ({
      own: (chosen ?? [...own.keys()][0] ?? fingerprint) as Fingerprint,
      number: '38201 94417 00725 61930 28846 75102 48839 10274 55618 93021 47765 02183',
      code: `SIEGEL-KEYS:1:${fingerprint}:${fingerprint}`.toUpperCase(),
    }),
    'keys.setTrust': ({ address, fingerprint, trust }) =>
      change(address, fingerprint, { trust, verifiedAtMs: trust === 'verified' ? Date.now() : null }),
    'keys.useKey': ({ address, fingerprint }) => {
      conflicts.delete(address)
      return change(address, fingerprint, { inUse: true, rejected: false })
    },
    'keys.reject': ({ address, fingerprint }) => {
      conflicts.delete(address)
      return change(address, fingerprint, { inUse: false, rejected: true })
    },
    'keys.remove': ({ address, fingerprint }) => {
      const at = contacts.findIndex(key => key.address === address && key.facts.fingerprint === fingerprint)
      if (at !== -1) contacts.splice(at, 1)
      changed()
      return {}
    },
    'keys.settings': ({ accountId }) => settingsOf(accountId),
    'keys.setSettings': ({ accountId, change: values }) => {
      const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
      settings.set(accountId, { ...settingsOf(accountId), ...given })
      changed()
      return settingsOf(accountId)
    },
  }
}

import { expect, test } from 'vitest'
import { createKeyLookups } from '../../../../../../renderer/features/writing/recipients/key-lookups'
import type { Host } from '../../../../../../renderer/host/host'
import type { ProtectionPlan, RecipientKeyState } from '../../../../../../shared/features/writing/protection'
import { accountId } from '../../../../../../shared/kit/ids'

const account = accountId.parse('a'.repeat(32))
const recipient = (address: string, state: RecipientKeyState['state']): RecipientKeyState => ({
  address,
  state,
  fingerprint: null,
  trust: 'none',
  problems: [],
  conflict: null,
  prefersEncryption: null,
})
const plan = (
  recipients: RecipientKeyState[],
  reason: ProtectionPlan['reason'] = 'not-all-reachable',
): ProtectionPlan => ({
  recipients,
  undecided: [],
  encrypts: 'no',
  signs: false,
  reason,
  hidesSubject: false,
})

/** A host that answers every look-up with one step from outside. */
function hostThat(outcome: 'nothing' | 'off' | 'failed') {
  const asked: string[] = []
  const call = async (_name: string, input: { address: string; by: string }) => {
    asked.push(`${input.by} ${input.address}`)
    return {
      ok: true,
      value: {
        address: input.address,
        found: [],
        steps: [{ source: 'wkd-direct', target: '', outcome, detail: '' }],
      },
    }
  }
  return { asked, host: { call } as unknown as Pick<Host, 'call'> }
}

test('who has no key is looked for, as somebody who is being addressed, and once a day', async () => {
  let nowMs = 0
  const look = createKeyLookups(() => nowMs)
  const { asked, host } = hostThat('nothing')
  const people = plan([recipient('a@x.example', 'missing'), recipient('b@x.example', 'ready')])
  await look(host, people, account)
  await look(host, people, account)
  expect(asked).toEqual(['addressing a@x.example'])
  nowMs += 25 * 60 * 60 * 1000
  await look(host, people, account)
  expect(asked).toHaveLength(2)
})

test('where nobody could be reached it is tried again after a minute, not after a day', async () => {
  let nowMs = 0
  const look = createKeyLookups(() => nowMs)
  const { asked, host } = hostThat('failed')
  const people = plan([recipient('a@x.example', 'missing')])
  await look(host, people, account)
  nowMs += 59_000
  await look(host, people, account)
  expect(asked).toHaveLength(1)
  nowMs += 2_000
  await look(host, people, account)
  expect(asked).toHaveLength(2)
})

test('when the settings let nobody be asked, it is tried again after they change', async () => {
  const look = createKeyLookups()
  const { asked, host } = hostThat('off')
  const people = plan([recipient('a@x.example', 'missing')])
  await look(host, people, account)
  await look(host, people, account)
  expect(asked).toHaveLength(2)
})

test('without a key of one’s own nobody is told whom one writes to', async () => {
  const { asked, host } = hostThat('nothing')
  await createKeyLookups()(host, plan([recipient('a@x.example', 'missing')], 'no-own-key'), account)
  expect(asked).toEqual([])
})

test('who could not be reached is asked for at once when Tor became ready, who answered is not', async () => {
  const look = createKeyLookups(() => 0)
  const failing = hostThat('failed')
  const answering = hostThat('nothing')
  const unreached = plan([recipient('a@x.example', 'missing')])
  const reached = plan([recipient('b@x.example', 'missing')])
  await look(failing.host, unreached, account)
  await look(answering.host, reached, account)
  await look(failing.host, unreached, account)
  expect(failing.asked).toHaveLength(1)
  await look(failing.host, unreached, account, { wayOpened: true })
  await look(answering.host, reached, account, { wayOpened: true })
  expect(failing.asked).toHaveLength(2)
  expect(answering.asked).toHaveLength(1)
})

/** Two devices with everything a network does to messages, in an order that a seed decides. */
import { describe, expect, it } from 'vitest'
import { chainPlace, type Sent, Siegel } from '../../../../support/omemo-siegel'
import { seeded } from '../../../../support/omemo-values'

type OnItsWay = Readonly<{ sent: Sent; to: Siegel; text: string }>

const steps = 16
const [first, second] = [new Siegel('a@example.org', 1), new Siegel('b@example.org', 2)]
for (const version of ['omemo', 'omemo2'] as const) {
  first.bundle(version)
  second.bundle(version)
}

function play(seed: number): Readonly<{ sent: number; read: number }> {
  const random = seeded(seed)
  const chance = (share: number) => random() < share
  const version = seed % 2 === 0 ? 'omemo' : 'omemo2'
  const a = new Siegel('a@example.org', 1, first)
  const b = new Siegel('b@example.org', 2, second)
  const otherOf = (one: Siegel) => (one === a ? b : a)
  /** Every place in a chain that bytes were sent for. */
  const used = new Set<string>()
  const onItsWay: OnItsWay[] = []
  const delivered: OnItsWay[] = []
  let sent = 0

  const send = (from: Siegel, options = {}) => {
    const text = `${seed} ${sent++}`
    const message = from.send(version, otherOf(from), text, options)
    const place = chainPlace(message)
    expect(used, 'a message key is used once').not.toContain(place)
    used.add(place)
    onItsWay.push({ sent: message, to: otherOf(from), text })
  }
  const deliver = (index: number) => {
    const [message] = onItsWay.splice(index, 1)
    if (!message) return
    expect(message.to.receive(message.sent)).toBe(message.text)
    delivered.push(message)
  }

  // Both write before either has heard of the other.
  send(a)
  send(b)
  for (let step = 0; step < steps; step++) {
    const who = chance(0.5) ? a : b
    if (chance(0.55)) send(who)
    else if (chance(0.7)) deliver(Math.floor(random() * onItsWay.length))
    else if (chance(0.3)) onItsWay.splice(Math.floor(random() * onItsWay.length), 1)
    else if (chance(0.5)) {
      // Killed before the transaction: nothing left, and nothing of it may be remembered.
      if (who.sessionsWith(version, otherOf(who))) who.encrypt(version, otherOf(who), Buffer.from('never'))
    } else {
      const again = delivered[Math.floor(random() * delivered.length)]
      if (again) expect(again.to.receive(again.sent)).toBe('refused: repeated')
    }
    if (step === 6 && seed % 10 === 0) who.maintain(false)
    if (step === 9 && chance(0.3)) send(who, { renew: true })
  }
  while (onItsWay.length > 0) deliver(Math.floor(random() * onItsWay.length))
  for (const again of delivered) expect(again.to.receive(again.sent)).toBe('refused: repeated')
  // Whatever happened, both still talk.
  for (const who of [a, b, a]) {
    send(who)
    deliver(onItsWay.length - 1)
  }
  return { sent, read: delivered.length }
}

/** Ten at a time, so that no test takes long. Which library computes does not change the order of things: in Electron some are enough. */
const tens = Array.from({ length: process.versions.electron ? 2 : 10 }, (_, at) => 10 * at)

describe('two devices that both write first', () => {
  it.each(tens)(
    'read everything that arrives once, in any order, and use no key twice (10 seeds from %i)',
    from => {
      let read = 0
      for (let seed = from; seed < from + 10; seed++) read += play(seed).read
      expect(read).toBeGreaterThan(80)
    },
  )
})

import { afterAll, beforeAll, expect, test } from 'vitest'
import { type EngineWithServers, openEngineWithServers } from '../../support/engine-with-servers'
import { until } from '../../support/until'
import { mailOf } from '../../support/with-mail'

let here: EngineWithServers
beforeAll(async () => {
  // No authority of the account's own: its servers are trusted by their pins alone.
  here = await openEngineWithServers({ background: true, mail: { caPem: null } })
})
afterAll(() => here?.close())

const state = async () => (await here.call('sync.status', {})).find(each => each.accountId === here.accountId)
const isRefused = async () => (await state())?.problem?.code === 'certificate-refused'
const isConnected = async () => {
  const found = await state()
  return found?.problem === null && found.lastCheckedAtMs !== null
}

test('a server whose pin was let go is judged like any other: it is refused, for mail and for sending, until it is trusted again', async () => {
  await until(isRefused, 'refused without a pin')
  const report = await here.call('accounts.test', {
    mail: mailOf(here.config),
    password: null,
    accountId: here.accountId,
  })
  const pins = [report.imap.certificate, report.smtp.certificate].map(each => {
    if (each === null) throw new Error('not refused')
    const { host, port, fingerprint256 } = each
    return { host, port, fingerprint256 }
  })
  for (const pin of pins) await here.call('certificates.pin', pin)
  await until(isConnected, 'connected by the pin')
  const sent = await here.send('by the pin')
  await until(async () => (await here.item(sent.id)).state === 'sent', 'sent')
  expect((await here.call('certificates.pins', {})).toSorted((a, b) => a.port - b.port)).toEqual(
    pins.toSorted((a, b) => a.port - b.port),
  )

  const none = { host: 'localhost', port: 1, fingerprint256: pins[0]?.fingerprint256 ?? '' }
  await expect(here.call('certificates.unpin', none)).rejects.toMatchObject({ code: 'not-found' })
  for (const pin of pins) await here.call('certificates.unpin', pin)
  expect(await here.call('certificates.pins', {})).toEqual([])
  // The connection that the pin had opened is gone, and the next one is refused.
  await until(isRefused, 'refused again')
  const { id } = await here.send('after')
  await until(async () => (await here.item(id)).problem?.code === 'certificate-refused', 'not sent')
  expect(here.smtp.received).toHaveLength(1)

  for (const pin of pins) await here.call('certificates.pin', pin)
  await until(isConnected, 'connected again')
  await until(async () => (await here.item(id)).state === 'sent', 'sent after all')
})

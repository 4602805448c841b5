import { expect, test } from 'vitest'
import { findHost } from '../../../../renderer/host/find-host'
import { faceCallNames } from '../../../../shared/ipc/names'

const bridge = {
  call: () => Promise.resolve({ ok: true, value: { state: 'open' } }),
  on: () => () => undefined,
}

test.each([
  ['no preload', undefined],
  ['nothing in its place', null],
  ['a preload that broke before it gave its functions', {}],
  ['half of one', { call: bridge.call }],
  ['the other half', { on: bridge.on }],
  ['something else of that name', 'siegel'],
  ['functions that are none', { call: 'call', on: 'on' }],
])('%s: every call fails, and nothing is made up', async (_, broken) => {
  const host = findHost(broken)
  for (const name of faceCallNames)
    expect(await host.call(name, {} as never)).toMatchObject({ ok: false, error: { code: 'internal' } })
  expect(host.on('app', () => undefined)()).toBeUndefined()
  expect(host.bodyFrame(1, [])).toEqual({ src: 'about:blank' })
})

test('a whole preload is the program', async () => {
  expect(await findHost(bridge).call('app.status', {})).toMatchObject({ ok: true })
})

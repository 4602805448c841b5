import { expect, test } from 'vitest'
import { contract, events } from '../../../../shared/ipc/contract'
import { eventNames, faceCallNames } from '../../../../shared/ipc/names'

test('the preload lets through exactly the calls the contract gives to the page, and its events', () => {
  const forThePage = Object.entries(contract).filter(([, entry]) => entry.face === 'all')
  expect([...faceCallNames].sort()).toEqual(forThePage.map(([name]) => name).sort())
  expect([...eventNames].sort()).toEqual(Object.keys(events).sort())
})

test('every call that carries a path or raw mail is kept from the page', () => {
  for (const name of [
    'mail.import',
    'mail.export',
    'store.backup',
    'attachments.save',
    'messages.raw',
    'certificates.pin',
  ])
    expect(faceCallNames).not.toContain(name)
})

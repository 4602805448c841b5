import { describe, expect, it } from 'vitest'
import { bundleOf, createDevice, maintainDevice } from '../../../../../electron/vault/omemo/state/device'

describe('prekeys that somebody drains', () => {
  it('are filled up with new ids, and at most 1,000 used ones wait for the end of a catch-up', () => {
    const device = createDevice(1, 0)
    const { preKeys } = device.keys.omemo
    expect(preKeys).toHaveLength(100)
    for (let round = 0; round < 12; round++) {
      for (const each of device.keys.omemo.preKeys) each.isUsed = true
      expect(maintainDevice(device, { nowMs: 0, catchUpOver: false })).toEqual({
        isChanged: true,
        publish: ['omemo'],
      })
    }
    expect(device.keys.omemo.preKeys).toHaveLength(1100)
    expect(device.keys.omemo.nextPreKeyId).toBe(1301)
    const ids = device.keys.omemo.preKeys.map(({ id }) => id)
    expect([Math.min(...ids), Math.max(...ids), new Set(ids).size]).toEqual([201, 1300, 1100])
    expect(maintainDevice(device, { nowMs: 0, catchUpOver: true })).toEqual({ isChanged: true, publish: [] })
    expect(bundleOf(device, 'omemo').preKeys).toHaveLength(100)
    // What went was overwritten.
    expect(preKeys.every(({ secret }) => secret.every(byte => byte === 0))).toBe(true)
    expect(maintainDevice(device, { nowMs: 0, catchUpOver: true })).toEqual({ isChanged: false, publish: [] })
  })
})

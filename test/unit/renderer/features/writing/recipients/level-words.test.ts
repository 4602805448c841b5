import i18next from 'i18next'
import { beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../../../../renderer/features/languages'
import { droppedLevels, levelWords } from '../../../../../../renderer/features/writing/recipients/level-words'
import { startI18n } from '../../../../../../renderer/i18n/start-i18n'
import type { TransportLevel } from '../../../../../../shared/features/network/transport'

beforeAll(() => startI18n('en', { english, german }))

const level = (change: Partial<TransportLevel>): TransportLevel => ({
  domain: 'one.example',
  level: 'unknown',
  dropped: false,
  previous: null,
  reasons: [],
  evidence: [],
  checkedAtMs: 0,
  expiresAtMs: 0,
  ...change,
})
const words = (change: Partial<TransportLevel>) =>
  levelWords(i18next.getFixedT('en', 'compose'), level(change))

test('each level has words of its own, and a forged answer is called so', () => {
  const all = (['dane', 'enforced', 'unknown', 'none'] as const).map(name => words({ level: name }))
  expect(new Set(all).size).toBe(4)
  expect(all[0]).toContain('DANE')
  expect(words({ level: 'none', reasons: ['dnssec-bogus'] })).toContain('not genuine')
  expect(words({ level: 'none', reasons: ['no-such-domain'] })).toBe('This domain does not exist.')
})

test('only a domain that was better before is warned about', () => {
  const fallen = level({ dropped: true, previous: 'dane' })
  expect(droppedLevels([level({}), fallen])).toEqual([fallen])
})

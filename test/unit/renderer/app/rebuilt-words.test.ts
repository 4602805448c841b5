import { createInstance } from 'i18next'
import { expect, test } from 'vitest'
import { rebuiltWords } from '../../../../renderer/app/rebuilt-words'
import { app as de } from '../../../../renderer/i18n/de/app'
import { app as en } from '../../../../renderer/i18n/en/app'

const speech = createInstance()
await speech.init({
  lng: 'en',
  resources: { en: { app: en }, de: { app: de } },
  interpolation: { escapeValue: false },
})
const told = (language: 'en' | 'de', params: Readonly<Record<string, unknown>>) =>
  rebuiltWords({ setAside: 'store-damaged.db', ...params }, speech.getFixedT(language, 'app'), language)

test('what was carried over is named, whatever it was', () => {
  const saved = { accounts: 2, keys: 0, localMessages: 0, drafts: 1, outbox: 0, events: 1200, contacts: 1 }
  expect(told('en', saved)).toContain('Carried over: 2 accounts, 1 draft, 1,200 events, and 1 contact.')
  expect(told('de', saved)).toContain('Übernommen: 2 Konten, 1 Entwurf, 1.200 Termine und 1 Kontakt.')
})

test('where nothing could be carried over this is said', () => {
  expect(told('en', { events: 0 })).toContain('Nothing could be carried over')
  expect(told('de', {})).toContain('nichts übernehmen')
})

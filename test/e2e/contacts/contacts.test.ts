import { mkdirSync } from 'node:fs'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { words as ofContacts } from '../../../renderer/features/contacts/words/words'
import { composer } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const words = ofContacts.en.contacts
const german = ofContacts.de
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
  await pageCalls(siegel.page)('prefs.set', { language: 'en', theme: 'light' })
})
afterAll(async () => {
  await siegel?.stop()
})

const page = () => siegel.page
const room = () => page().getByRole('main', { name: words.title })
const line = (name: string) => room().getByRole('option', { name: new RegExp(name) })
const button = (name: string) => room().getByRole('button', { name, exact: true })

/** Kept only where somebody wants to look at them. */
const pictures = process.env['SIEGEL_PICTURES']
const picture = async (name: string): Promise<void> => {
  if (pictures === undefined) return
  mkdirSync(pictures, { recursive: true })
  await page().screenshot({ path: `${pictures}/${name}.png` })
}

test('an empty address book says what can be done', async () => {
  await page().getByRole('button', { name: words.title }).click()
  await room().getByText(words.empty).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await picture('empty')
})

test('a contact is added by keyboard, and its page opens', async () => {
  await button(words.add).focus()
  await page().keyboard.press('Enter')
  const dialog = page().getByRole('dialog', { name: words.form.new })
  await dialog.getByLabel(words.fields.given).waitFor()
  await page().keyboard.type('Änne')
  await page().keyboard.press('Tab')
  await page().keyboard.type('Süß')
  await dialog.getByLabel(words.fields.birthday).fill('--02-30')
  await dialog.getByRole('button', { name: words.fields.addEmail }).press('Enter')
  await dialog.getByLabel(`${words.fields.email} 1`).fill('aenne@werft.example')
  await page().keyboard.press('Enter')
  await dialog.getByText(words.fields.birthdayBad).waitFor()
  await dialog.getByLabel(words.fields.birthday).fill('--02-29')
  expect(await faultsForAll(page())).toEqual([])
  await picture('form')
  await page().keyboard.press('Enter')
  await dialog.waitFor({ state: 'detached' })
  await room().getByRole('heading', { name: 'Änne Süß' }).waitFor()
  await room().getByText('February 29', { exact: true }).waitFor()
  expect(await faultsForAll(page())).toEqual([])
})

test('it is found without its letters, changed, deleted and brought back', async () => {
  await room().getByRole('searchbox', { name: words.find }).fill('suess aenne')
  await line('Änne Süß').waitFor()
  await button(words.edit).click()
  const dialog = page().getByRole('dialog', { name: words.form.edit })
  await dialog.getByLabel(words.fields.note).fill('two\nlines')
  await dialog.getByRole('button', { name: words.form.save }).click()
  await room().getByText('two').waitFor()
  await button(words.delete).click()
  await room().getByText(words.choose).waitFor()
  await room().getByText(words.nobody).waitFor()
  await page().getByRole('button', { name: words.undo, exact: true }).click()
  await room().getByRole('heading', { name: 'Änne Süß' }).waitFor()
  await room().getByRole('searchbox', { name: words.find }).fill('')
})

test('a group is suggested before those whom only mail knows, and stands for its members', async () => {
  const call = pageCalls(page())
  const [book] = await call('contacts.books', {})
  const person = (name: string, address: string) => ({
    displayName: name,
    emails: [{ value: address, types: ['work'], label: '', preferred: false }],
  })
  const ids = []
  for (const [name, address] of [
    ['Jörg Grün', 'joerg@holz.example'],
    ['Łukasz Żółć', 'lukasz@zolc.example'],
  ] as const)
    ids.push((await call('contacts.add', { bookId: book!.id, fields: person(name, address) })).id)
  const group = await call('contacts.add', {
    bookId: book!.id,
    fields: { displayName: 'Sailing club' },
    members: ids,
  })
  expect(await call('contacts.members', { group: group.id })).toHaveLength(2)
  await line('Sailing club').click()
  await picture('group')
  expect(await faultsForAll(page())).toEqual([])

  await line('Jörg').click()
  await button('Write to Jörg Grün').click()
  const draft = composer(page())
  await draft
    .getByRole('button', { name: /Jörg Grün/ })
    .first()
    .waitFor()
  const to = draft.getByRole('combobox', { name: 'To', exact: true })
  await to.pressSequentially('sail')
  await draft.getByRole('option', { name: /Sailing club/ }).waitFor()
  await picture('suggestion')
  await to.press('Enter')
  await draft.getByRole('button', { name: /^Łukasz Żółć/ }).waitFor()
  // Jörg was there already.
  expect(await draft.locator('.recipient').count()).toBe(2)
  await draft.getByRole('button', { name: 'Discard draft' }).click()
})

test('the room is whole in German, in the dark and in a small window', async () => {
  const call = pageCalls(page())
  await call('prefs.set', { language: 'de', theme: 'dark' })
  const here = page().getByRole('main', { name: german.contacts.title })
  await here.getByRole('option', { name: /Änne/ }).click()
  await here.getByRole('heading', { name: 'Änne Süß' }).waitFor()
  await here.getByText('29. Februar').waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await picture('german-dark')
  await siegel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(640, 480))
  await here.getByRole('button', { name: german.contacts.back }).waitFor()
  await picture('small-page')
  await here.getByRole('button', { name: german.contacts.back }).click()
  await here.getByRole('option', { name: /Änne/ }).waitFor()
  await picture('small-list')
  expect(complaints).toEqual([])
})

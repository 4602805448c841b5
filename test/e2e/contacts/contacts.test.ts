import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { words as ofContacts } from '../../../renderer/features/contacts/words/words'
import { photoJpeg } from '../../fixtures/mail/outgoing/images'
import { composer } from '../support/drive'
import { faultsForAll } from '../support/faults-for-all'
import type { Launched } from '../support/launch'
import { launchSample } from '../support/launch-sample'
import { pageCalls } from '../support/page-calls'

const words = ofContacts.en.contacts
const german = ofContacts.de
const directory = mkdtempSync(join(tmpdir(), 'siegel-contacts-'))
let siegel: Launched
let complaints: readonly string[]
beforeAll(async () => {
  ;({ siegel, complaints } = await launchSample())
  await pageCalls(siegel.page)('prefs.set', { language: 'en', theme: 'light' })
})
afterAll(async () => {
  await siegel?.stop()
  rmSync(directory, { recursive: true, force: true })
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

test('the sample brings people, and an empty address book says what can be done', async () => {
  const call = pageCalls(page())
  const books = await call('contacts.books', {})
  const sample = books.find(({ name }) => name === 'Beispiel · Sample')
  await page().getByRole('button', { name: words.title }).click()
  await line('佐藤 美咲').waitFor()
  await picture('sample')
  await call('contacts.removeBook', { bookId: sample!.id })
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

test('a picture is made small, an address and a website are typed, and a second save changes nothing', async () => {
  const call = pageCalls(page())
  await line('Änne').click()
  await button(words.edit).click()
  const dialog = page().getByRole('dialog', { name: words.form.edit })
  // A real photo of a camera, drawn by the page itself.
  const bytes = await page().evaluate(async () => {
    const canvas = new OffscreenCanvas(900, 600)
    const context = canvas.getContext('2d')
    context?.fillRect(0, 0, 450, 600)
    return [...new Uint8Array(await (await canvas.convertToBlob({ type: 'image/png' })).arrayBuffer())]
  })
  const input = dialog.locator('input[type=file]')
  await input.setInputFiles({ name: 'no.png', mimeType: 'image/png', buffer: Buffer.from('no picture') })
  await dialog.getByText(words.fields.badPhoto).waitFor()
  await input.setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from(bytes) })
  await dialog.getByRole('img', { name: words.fields.photo }).waitFor()
  await dialog.getByRole('button', { name: words.fields.addAddress }).click()
  await dialog.getByLabel(words.fields.address.street).fill('Kai 3')
  await dialog.getByLabel(words.fields.address.city).fill('Łódź')
  await dialog.getByRole('button', { name: words.fields.addUrl }).click()
  await dialog.getByLabel(`${words.fields.urls} 1`).fill('https://werft.example')
  expect(await faultsForAll(page())).toEqual([])
  await picture('form-full')
  await dialog.getByRole('button', { name: words.form.save }).click()
  await dialog.waitFor({ state: 'detached' })
  await room().getByText('Łódź').waitFor()
  await room().getByRole('img').first().waitFor()
  const [found] = await call('contacts.find', { text: 'aenne' })
  const kept = await call('contacts.show', { id: found!.id })
  expect(kept.photo?.type).toBe('image/jpeg')
  const size = await page().evaluate(async base64 => {
    const data = Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
    const { width, height } = await createImageBitmap(new Blob([data]))
    return [width, height]
  }, kept.photo?.base64 ?? '')
  expect(size).toEqual([320, 320])
  // A camera's file given by its bytes loses its place, too.
  await call('contacts.change', { id: found!.id, change: {}, photo: photoJpeg().toString('base64') })
  const { photo } = await call('contacts.show', { id: found!.id })
  expect(Buffer.from(photo!.base64, 'base64').toString('latin1')).not.toContain('GPS')
  await button(words.edit).click()
  await dialog.getByRole('button', { name: words.form.save }).click()
  await dialog.waitFor({ state: 'detached' })
  expect((await call('contacts.show', { id: found!.id })).fields).toEqual(kept.fields)
})

test('a group is made by keyboard of people who are suggested', async () => {
  await room().getByRole('button', { name: words.files }).click()
  await page().getByRole('menuitem', { name: words.addGroup }).click()
  const dialog = page().getByRole('dialog', { name: words.form.newGroup })
  await dialog.getByLabel(words.fields.groupName).fill('Crew')
  const members = dialog.getByRole('combobox', { name: words.fields.members })
  await members.pressSequentially('aenn')
  await dialog.getByRole('option', { name: /Änne/ }).waitFor()
  await members.press('Enter')
  await members.pressSequentially('nobody')
  await members.press('Enter')
  await dialog.getByText(words.form.badMember.replace('{{address}}', 'nobody')).waitFor()
  await members.press('Backspace')
  await members.fill('new@werft.example')
  expect(await faultsForAll(page())).toEqual([])
  await picture('form-group')
  await members.press('Enter')
  await dialog.getByRole('button', { name: words.form.save }).click()
  await dialog.waitFor({ state: 'detached' })
  const call = pageCalls(page())
  const group = (await call('contacts.groups', {})).find(each => each.name === 'Crew')
  const inGroup = await call('contacts.members', { group: group!.id! })
  expect(inGroup.map(({ address }) => address)).toEqual(['aenne@werft.example', 'new@werft.example'])
})

test('a table is looked at before it is taken, a column is given another meaning, and what is twice becomes one', async () => {
  const file = join(directory, 'club.csv')
  writeFileSync(
    file,
    'First Name,Last Name,E-mail Address,Shoe\nÄnne,Süß,aenne@werft.example,Captain\nOla,Nowak,ola@werft.example,Cook\n',
  )
  await siegel.app.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [path] })
  }, file)
  await room().getByRole('button', { name: words.files }).click()
  await page().getByRole('menuitem', { name: words.import }).click()
  const dialog = page().getByRole('dialog', { name: words.importing.title.replace('{{name}}', 'club.csv') })
  await dialog.getByRole('row', { name: /Shoe/ }).getByRole('button').click()
  await page().getByRole('option', { name: words.importing.field.role, exact: true }).click()
  expect(await faultsForAll(page())).toEqual([])
  await picture('import')
  await dialog
    .getByRole('button', { name: words.importing.take_other.replace('{{count, number}}', '2') })
    .click()
  await dialog.waitFor({ state: 'detached' })
  const call = pageCalls(page())
  expect((await call('contacts.find', { text: 'ola' })).map(({ name }) => name)).toEqual(['Ola Nowak'])
  expect(await call('contacts.find', { text: 'suess' })).toHaveLength(2)

  await room().getByRole('button', { name: words.files }).click()
  await page().getByRole('menuitem', { name: words.duplicates.find }).click()
  const duplicates = page().getByRole('dialog', { name: words.duplicates.title })
  await duplicates.getByText(words.duplicates.by.address).waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await picture('duplicates')
  await duplicates
    .getByRole('button', { name: /Änne Süß/ })
    .last()
    .click()
  await duplicates.getByText(words.duplicates.none).waitFor()
  const [one, ...others] = await call('contacts.find', { text: 'suess' })
  expect(others).toEqual([])
  const { fields } = await call('contacts.show', { id: one!.id })
  expect([fields.title, fields.role]).toContain('Captain')
  await page().keyboard.press('Escape')
  await page().getByRole('button', { name: words.undo, exact: true }).first().click()
  await expect.poll(async () => (await call('contacts.find', { text: 'suess' })).length).toBe(2)
})

test('the room is whole in German, in the dark and in a small window', async () => {
  const call = pageCalls(page())
  await call('prefs.set', { language: 'de', theme: 'dark' })
  const here = page().getByRole('main', { name: german.contacts.title })
  await here.getByRole('option', { name: /Änne/ }).first().click()
  await here.getByRole('heading', { name: 'Änne Süß' }).waitFor()
  await here.getByText('29. Februar').waitFor()
  expect(await faultsForAll(page())).toEqual([])
  await picture('german-dark')
  await siegel.app.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.setContentSize(640, 480))
  await here.getByRole('button', { name: german.contacts.back }).waitFor()
  await picture('small-page')
  await here.getByRole('button', { name: german.contacts.back }).click()
  await here.getByRole('option', { name: /Änne/ }).first().waitFor()
  await picture('small-list')
  expect(complaints).toEqual([])
})

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { english, german } from '../../../renderer/features/languages'
import { photoJpeg, screenshotPng } from '../../fixtures/mail/outgoing/images'
import { type MailServers, startMailServers } from '../../rig/mail-servers'
import { addRigAccountByPage } from '../support/accounts'
import { answerDialogs, composer } from '../support/drive'
import { type Launched, launch } from '../support/launch'
import { pageCalls } from '../support/page-calls'

let servers: MailServers
let siegel: Launched
let folder: string
beforeAll(async () => {
  servers = await startMailServers()
  siegel = await launch()
  folder = mkdtempSync(join(tmpdir(), 'siegel-attach-'))
  const files = [
    'IMG_20260501_garden.jpg',
    'Screenshot 2026-11-25.png',
    'Vertrag Winter.pdf',
    'IMG_4711.heic',
  ]
  const contents = [photoJpeg(), screenshotPng(), '%PDF-1.7\n', '\0\0\0\x18ftypheic\0\0\0\0']
  for (const [index, name] of files.entries()) writeFileSync(join(folder, name), contents[index] ?? '')
  await answerDialogs(siegel.app, { open: files.map(name => join(folder, name)) })
  const { page } = siegel
  const call = pageCalls(page)
  await call('prefs.set', { language: 'en' })
  await page.getByRole('button', { name: english.onboarding.key.continue }).click()
  await page.getByRole('button', { name: new RegExp(english.onboarding.way.sample) }).click()
  await addRigAccountByPage(page, servers, 'alice')
  await call('settings.set', { lookups: false })
})
afterAll(async () => {
  await siegel?.stop()
  await servers?.stop()
  rmSync(folder, { recursive: true, force: true })
})

test.each([
  { language: 'en', theme: 'light' },
  { language: 'de', theme: 'dark' },
] as const)('who writes sees who can read it and what the files tell, in $language', async look => {
  const { page } = siegel
  const words = (look.language === 'de' ? german : english).compose
  await pageCalls(page)('prefs.set', look)
  await page.keyboard.press('c')
  const draft = composer(page)
  await draft
    .getByRole('combobox', { name: words.to })
    .fill('johanna.krueger@friends.example, bo@work.example')
  await draft.getByRole('textbox', { name: words.subject }).fill('Garten')
  const line = draft.getByRole('button', { name: new RegExp(words.readers.way.unknown) })
  await line.waitFor()
  await draft.getByRole('button', { name: words.attach }).click()
  await draft.getByText('Vertrag Winter.pdf').waitFor()
  const files = draft.getByRole('list', { name: words.attachments.label })
  await files
    .getByText(words.attachments.removedPlace.split(':')[0] ?? '')
    .first()
    .waitFor()
  await files.getByText(words.attachments.opaque, { exact: true }).waitFor()
  await files.getByText(words.attachments.document, { exact: true }).waitFor()
  await siegel.screenshot(`readers-line-${look.theme}-${look.language}`)
  await line.click()
  await page.getByRole('dialog', { name: words.readers.title }).waitFor()
  await siegel.screenshot(`readers-panel-${look.theme}-${look.language}`)
  await page.keyboard.press('Escape')
  await page.getByRole('dialog', { name: words.readers.title }).waitFor({ state: 'detached' })

  const choices = (name: string) =>
    draft.getByRole('button', { name: words.attachments.choices.replace('{{name}}', name) }).click()
  await choices('Vertrag Winter.pdf')
  await siegel.screenshot(`attachment-menu-${look.theme}-${look.language}`)
  await page.getByRole('menuitem', { name: words.attachments.neutralAll }).click()
  for (const name of ['1.jpg', '2.png', '3.pdf', '4.heic'])
    await files.getByText(name, { exact: true }).waitFor()
  await choices('3.pdf')
  await page.getByRole('menuitem', { name: /Vertrag Winter\.pdf/ }).click()
  await files.getByText('Vertrag Winter.pdf', { exact: true }).waitFor()
  await choices('1.jpg')
  await page.getByRole('menuitem', { name: words.attachments.keepTraces }).click()
  await files.getByText(words.attachments.keptPlace, { exact: true }).waitFor()
  await siegel.screenshot(`attachments-chosen-${look.theme}-${look.language}`)

  await draft.getByRole('button', { name: words.preview.title }).click()
  const preview = page.getByRole('dialog', { name: words.preview.title })
  await preview.getByText('MIME-Version: 1.0').waitFor()
  await preview.getByRole('columnheader', { name: words.readers.column.reads }).waitFor()
  await siegel.screenshot(`preview-${look.theme}-${look.language}`)
  const bytes = (await preview.locator('pre').textContent()) ?? ''
  expect(bytes).toContain('filename="1.jpg"')
  expect(bytes).not.toContain('Screenshot')
  await page.keyboard.press('Escape')
  await preview.waitFor({ state: 'detached' })
  await draft.getByRole('button', { name: words.discard }).click()
  await page.getByRole('alertdialog').getByRole('button', { name: words.discard }).click()
  await composer(page).waitFor({ state: 'detached' })
})

import type { ElectronApplication, Locator, Page } from 'playwright-core'

/** What the page complains of while a test runs: errors on the console, refused content, uncaught exceptions. */
export const collectComplaints = (page: Page): readonly string[] => {
  const complaints: string[] = []
  page.on('console', message => {
    if (message.type() === 'error' || /content security policy/i.test(message.text()))
      complaints.push(`${message.type()}: ${message.text()}`)
  })
  page.on('pageerror', error => complaints.push(`uncaught: ${error.message}`))
  return complaints
}

/** What the person in front of main's own windows would choose. Absent: the window is closed without a choice. */
export type DialogAnswers = Readonly<{
  /** Files or directory chosen in an open dialog. */
  open?: readonly string[]
  /** Path chosen in a save dialog. */
  save?: string
  /** Number of the button pressed in a question; the yes of it where nothing is said. */
  button?: number
}>

type AskedDialog = Readonly<{ kind: 'open' | 'save' | 'question'; options: Record<string, unknown> }>

/** Answers main's own windows from now on and forgets what they asked before. */
export const answerDialogs = (app: ElectronApplication, answers: DialogAnswers): Promise<void> =>
  app.evaluate(({ dialog }, given) => {
    const asked: unknown[] = []
    Object.assign(globalThis, { askedDialogs: asked })
    const note = (kind: string, args: readonly unknown[]) => asked.push({ kind, options: args.at(-1) })
    Object.assign(dialog, {
      showOpenDialog: async (...args: unknown[]) => {
        note('open', args)
        return { canceled: given.open === undefined, filePaths: given.open ?? [] }
      },
      showSaveDialog: async (...args: unknown[]) => {
        note('save', args)
        return { canceled: given.save === undefined, filePath: given.save ?? '' }
      },
      showMessageBox: async (...args: unknown[]) => {
        note('question', args)
        return { response: given.button ?? 1, checkboxChecked: false }
      },
    })
  }, answers)

/** What main's own windows asked since `answerDialogs`. */
export const askedDialogs = (app: ElectronApplication): Promise<readonly AskedDialog[]> =>
  app.evaluate(() => JSON.parse(JSON.stringify((globalThis as { askedDialogs?: unknown }).askedDialogs)))

/** Presses an entry of the application's menu, as a click on it would. */
export const pressMenu = (app: ElectronApplication, label: string): Promise<void> =>
  app.evaluate(({ Menu }, wanted) => {
    type Item = { label: string; enabled: boolean; click(): void; submenu?: { items: Item[] } }
    const all = (items: Item[]): Item[] => items.flatMap(item => [item, ...all(item.submenu?.items ?? [])])
    const item = all((Menu.getApplicationMenu()?.items ?? []) as unknown as Item[]).find(
      each => each.label.replace('&', '') === wanted,
    )
    if (!item?.enabled) throw new Error(`the menu has no "${wanted}" to press now`)
    item.click()
  }, label)

/** Whether the process that holds the open store is there. */
export const engineRuns = (app: ElectronApplication): Promise<boolean> =>
  app.evaluate(({ app: electron }) =>
    electron
      .getAppMetrics()
      .some(({ serviceName, name }) => `${serviceName} ${name}`.includes('Siegel engine')),
  )

/** A message in the list, by part of its row's name. */
export const row = (page: Page, name: string | RegExp): Locator =>
  page.locator('#pane-list').getByRole('option', { name })

/** A line of the folder tree, by its name; the unread count may follow it. */
export const folder = (page: Page, name: string): Locator =>
  page.getByRole('treeitem', { name: new RegExp(`^${name}(,|$)`) })

export const reader = (page: Page): Locator => page.locator('#pane-reader')

/** A button of the toolbar over the message being read. */
export const action = (page: Page, name: string): Locator =>
  reader(page).getByRole('toolbar').getByRole('button', { name, exact: true })

/** Opens a message and waits until the reader shows it. */
export const open = async (page: Page, subject: string): Promise<void> => {
  await row(page, subject).first().click()
  await reader(page).getByRole('heading', { name: subject }).waitFor()
}

/** The document of an HTML message, behind its walls. */
export const bodyDocument = (page: Page) => page.frameLocator('iframe.html-body')

/** The draft in front. */
export const composer = (page: Page): Locator => page.locator('section.composer:not([hidden])')

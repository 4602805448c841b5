import type { Page } from 'playwright-core'

/** Roles that are of no use to somebody who listens unless they have a name. */
const needName: ReadonlySet<string> = new Set([
  'button',
  'checkbox',
  'combobox',
  'ComboBox',
  'dialog',
  'alertdialog',
  'Iframe',
  'link',
  'listbox',
  'ListBox',
  'menu',
  'menuitem',
  'menuitemcheckbox',
  'menuitemradio',
  'option',
  'radio',
  'radiogroup',
  'searchbox',
  'slider',
  'splitter',
  'spinbutton',
  'switch',
  'tab',
  'tablist',
  'textbox',
  'toolbar',
  'tree',
  'treeitem',
])

/** What the browser tells assistive technology about and gives no name; said as role and place. */
export const nameless = async (page: Page): Promise<readonly string[]> => {
  const session = await page.context().newCDPSession(page)
  try {
    const { nodes } = await session.send('Accessibility.getFullAXTree')
    const without = nodes.filter(
      ({ ignored, role, name }) =>
        !ignored && needName.has(String(role?.value)) && String(name?.value ?? '').trim() === '',
    )
    return await Promise.all(
      without.map(async ({ role, backendDOMNodeId }) => {
        if (backendDOMNodeId === undefined) return String(role?.value)
        const { outerHTML } = await session.send('DOM.getOuterHTML', { backendNodeId: backendDOMNodeId })
        return `${String(role?.value)}: ${outerHTML.slice(0, 160)}`
      }),
    )
  } finally {
    await session.detach()
  }
}

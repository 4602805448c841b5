import { describe, expect, test } from 'vitest'
import { wordsFor } from '../../../../electron/windows/dialogs/words'
import { lookedUp, type TextPlace, textMenu } from '../../../../electron/windows/text-menu'

const nothing = {
  canUndo: false,
  canRedo: false,
  canCut: false,
  canCopy: false,
  canPaste: false,
  canSelectAll: false,
}
const everything = {
  canUndo: true,
  canRedo: true,
  canCut: true,
  canCopy: true,
  canPaste: true,
  canSelectAll: true,
}

const menuAt = (place: Partial<TextPlace>, isOpen = true) => {
  const done: string[] = []
  const entries = textMenu(
    { isEditable: false, linkURL: '', selectionText: '', editFlags: nothing, ...place },
    {
      words: wordsFor('en', 'en-GB'),
      isOpen,
      copy: text => done.push(`copy ${text}`),
      lookUp: text => done.push(`look up ${text}`),
    },
  )
  const press = (at: number) => (entries.at(at)?.click as (() => void) | undefined)?.()
  const names = entries.map(({ label, type }) => (type === 'separator' ? '-' : label?.replace('&', '')))
  return { names, press, done }
}

describe('the menu of text', () => {
  test('holds only what fits the place', () => {
    expect(menuAt({}).names).toEqual([])
    expect(menuAt({ selectionText: ' \n ' }).names).toEqual([])
    expect(menuAt({ selectionText: 'Kuchen' }).names).toEqual(['Copy', '-', 'Look Up “Kuchen” in the Mail'])
    expect(menuAt({ selectionText: 'Kuchen' }, false).names).toEqual(['Copy'])
    expect(menuAt({ linkURL: 'https://a.example/x' }).names).toEqual(['Copy Link'])
    expect(menuAt({ isEditable: true, editFlags: { ...nothing, canPaste: true } }).names).toEqual([
      'Paste',
      'Paste Without Formatting',
    ])
    // A passphrase: nothing of it can be copied, and what is selected in it is not told.
    expect(
      menuAt({ isEditable: true, editFlags: { ...nothing, canPaste: true, canSelectAll: true } }).names,
    ).toEqual(['Paste', 'Paste Without Formatting', 'Select All'])
    expect(menuAt({ isEditable: true, selectionText: 'word', editFlags: everything }).names).toEqual([
      'Undo',
      'Redo',
      '-',
      'Cut',
      'Copy',
      'Paste',
      'Paste Without Formatting',
      'Select All',
      '-',
      'Look Up “word” in the Mail',
    ])
  })

  test('copies the address of a link as it is opened, and the bare one of a person', () => {
    const web = menuAt({ linkURL: 'HTTPS://B\u00fccher.example/a b' })
    web.press(0)
    expect(web.done).toEqual(['copy https://xn--bcher-kva.example/a%20b'])
    const mail = menuAt({ linkURL: 'mailto:anna%40b@c.example?subject=x&body=y' })
    mail.press(0)
    expect(mail.done).toEqual(['copy anna@b@c.example'])
    for (const linkURL of [
      'javascript:alert(1)',
      'app://siegel/#x',
      'mail-body://1/#top',
      'file:///etc/passwd',
    ])
      expect(menuAt({ linkURL }).names, linkURL).toEqual([])
  })

  test('looks up plain words in one line, and shows a long selection shortened', () => {
    expect(lookedUp('  The "long"\r\n\tpl\u00adan\u200b \u202efdp ')).toBe('The long plan fdp')
    expect(lookedUp('x'.repeat(5000))).toHaveLength(200)
    const long = menuAt({ selectionText: 'Tom & Jerry went to the market and bought a cake' })
    expect(long.names.at(-1)).toBe('Look Up “Tom && Jerry went to the …” in the Mail')
    long.press(-1)
    expect(long.done).toEqual(['look up Tom & Jerry went to the market and bought a cake'])
  })
})

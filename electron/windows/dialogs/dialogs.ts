import {
  type BaseWindow,
  type BrowserWindow,
  clipboard,
  dialog,
  type MessageBoxOptions,
  type OpenDialogOptions,
  shell,
} from 'electron'
import type { CertificateProblem } from '../../../shared/features/accounts/model'
import type { PageQuestion } from '../../../shared/ipc/page-question'
import { createLinkClicks } from '../mail-frame/link-clicks'
import { type LinkTarget, linkTarget } from '../mail-frame/link-target'
import { certificateQuestion } from './certificate-dialog'
import { keyQuestion } from './key-dialog'
import {
  type LinkWords,
  linkAnswers,
  linkQuestion,
  linkRefusal,
  mailQuestion,
  phoneNotice,
} from './link-dialog'
import { pageQuestion } from './page-dialog'
import type { PageWords } from './page-words'
import { routeQuestion } from './route-dialog'
import { startAnewQuestion } from './start-anew-dialog'
import { dnsServersQuestion, lowerLevelQuestion } from './transport-dialog'
import type { Words } from './words'

export type DialogParts = Readonly<{
  window: () => BrowserWindow | null
  words: () => Words
  pageWords: () => PageWords
  /** A mail address was clicked: write to it here. */
  onMailLink: (url: string) => void
  /** What is wrong with the words of a link to this address in the mail that is shown. Ends by itself, and never rejects. */
  wordsOf: (url: string) => Promise<LinkWords>
}>

/** Main's own windows: what the page can start but never answer. */
export const createDialogs = ({ window, words, pageWords, onMailLink, wordsOf }: DialogParts) => {
  let isAsking = false
  const isFirstClick = createLinkClicks(() => performance.now())

  /** One question at a time: a page cannot bury the user under them. A second one is answered with no. */
  const ask = async (options: MessageBoxOptions, over?: BaseWindow): Promise<number> => {
    if (isAsking) return options.cancelId ?? 0
    isAsking = true
    try {
      const parent = over ?? window()
      const { response } = await (parent
        ? dialog.showMessageBox(parent, options)
        : dialog.showMessageBox(options))
      return response
    } finally {
      isAsking = false
    }
  }

  const choose = async (options: OpenDialogOptions): Promise<readonly string[] | null> => {
    if (isAsking) return null
    isAsking = true
    try {
      const parent = window()
      const { canceled, filePaths } = await (parent
        ? dialog.showOpenDialog(parent, options)
        : dialog.showOpenDialog(options))
      return canceled || filePaths.length === 0 ? null : filePaths
    } finally {
      isAsking = false
    }
  }

  /** A draft shows its own address; it is asked about where the words of the link named another. */
  const openMailLink = async (target: LinkTarget & { kind: 'mail' }, said: LinkWords): Promise<boolean> => {
    const isOther = said !== null && said !== 'unknown' && said.kind === 'other-address'
    const answer = isOther ? linkAnswers[await ask(mailQuestion(target, words(), said))] : 'open'
    if (answer === 'copy') clipboard.writeText(target.url)
    if (answer === 'open') onMailLink(target.url)
    return answer === 'open'
  }

  return {
    ask,

    openFiles: () => choose({ title: words().attachTitle, properties: ['openFile', 'multiSelections'] }),

    async openFile(what: 'mail' | 'contacts'): Promise<string | null> {
      const title = what === 'mail' ? words().importTitle : words().importContactsTitle
      return (await choose({ title, properties: ['openFile'] }))?.[0] ?? null
    },

    async openDirectory(purpose: 'save' | 'import'): Promise<string | null> {
      const options =
        purpose === 'save'
          ? { title: words().saveTitle, buttonLabel: words().saveHere }
          : { title: words().importTitle }
      return (await choose({ ...options, properties: ['openDirectory', 'createDirectory'] }))?.[0] ?? null
    },

    async saveFile({
      suggestedName,
      extension,
    }: {
      suggestedName: string
      extension: string
    }): Promise<string | null> {
      const options = {
        title: words().saveTitle,
        defaultPath: `${suggestedName}.${extension}`,
        filters: [{ name: extension, extensions: [extension] }],
        properties: ['showOverwriteConfirmation' as const, 'createDirectory' as const],
      }
      if (isAsking) return null
      isAsking = true
      try {
        const parent = window()
        const { canceled, filePath } = await (parent
          ? dialog.showSaveDialog(parent, options)
          : dialog.showSaveDialog(options))
        return canceled || !filePath ? null : filePath
      } finally {
        isAsking = false
      }
    },

    async confirmCertificate(problem: CertificateProblem): Promise<boolean> {
      return (await ask(certificateQuestion(problem, words()))) === 1
    },

    async confirmRoute(question: Parameters<typeof routeQuestion>[0]): Promise<boolean> {
      return (await ask(routeQuestion(question, words()))) === 1
    },

    async confirmLowerLevel(question: Parameters<typeof lowerLevelQuestion>[0]): Promise<boolean> {
      return (await ask(lowerLevelQuestion(question, words()))) === 1
    },

    async confirmDnsServers(places: readonly string[]): Promise<boolean> {
      return (await ask(dnsServersQuestion(places, words()))) === 1
    },

    async openBackupFile(): Promise<string | null> {
      const filters = [
        { name: words().backupFiles, extensions: ['siegel-backup'] },
        { name: words().allFiles, extensions: ['*'] },
      ]
      return (
        (await choose({ title: words().backupOpenTitle, properties: ['openFile'], filters }))?.[0] ?? null
      )
    },

    async confirmStartAnew(): Promise<boolean> {
      return (await ask(startAnewQuestion(words()))) === 1
    },

    async openKeyFile(): Promise<string | null> {
      return (await choose({ title: words().keyFileTitle, properties: ['openFile'] }))?.[0] ?? null
    },

    /** `defaultPath`: where profiles usually lie, or null. */
    async openThunderbirdProfile(defaultPath: string | null): Promise<string | null> {
      const options = {
        title: words().thunderbirdTitle,
        properties: ['openDirectory' as const, 'showHiddenFiles' as const],
      }
      return (await choose(defaultPath === null ? options : { ...options, defaultPath }))?.[0] ?? null
    },

    async confirmKey(question: Parameters<typeof keyQuestion>[0]): Promise<boolean> {
      return (await ask(keyQuestion(question, words()))) === 1
    },

    async confirmForPage(question: PageQuestion): Promise<boolean> {
      return (await ask(pageQuestion(question, words(), pageWords()))) === 1
    },

    async openLink(url: string): Promise<boolean> {
      if (!isFirstClick(url)) return false
      const target = linkTarget(url)
      if (target?.kind === 'phone') {
        if ((await ask(phoneNotice(target.number, words()))) === 1) clipboard.writeText(target.number)
        return false
      }
      if (target?.kind === 'mail') return openMailLink(target, await wordsOf(url))
      if (!target || target.kind === 'too-long') {
        if ((await ask(linkRefusal(url, words(), target))) === 1) clipboard.writeText(url)
        return false
      }
      const answer = linkAnswers[await ask(linkQuestion(target, words(), await wordsOf(url)))]
      if (answer === 'copy') clipboard.writeText(target.url)
      if (answer !== 'open') return false
      await shell.openExternal(target.url)
      return true
    },
  }
}

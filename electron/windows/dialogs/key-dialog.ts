import type { MessageBoxOptions } from 'electron'
import type { OwnKey } from '../../../shared/features/keys/model'
import { someOf } from './some-of'
import type { Words } from './words'

type Question = Readonly<{ kind: 'export' | 'remove'; key: OwnKey }>

/** Names come from a key file; they may not add lines of their own. */
const oneLine = (text: string): string => text.replace(/[\p{C}\s]+/gu, ' ').slice(0, 200)

/** Four digits a group, as fingerprints are read aloud. */
const grouped = (fingerprint: string): string => (fingerprint.toUpperCase().match(/.{1,4}/g) ?? []).join(' ')

/** The question before a secret key leaves the vault or is lost. Button 1 is yes; 0 is the default and Escape. */
export const keyQuestion = ({ kind, key }: Question, words: Words): MessageBoxOptions => {
  const title = kind === 'export' ? words.keyExportTitle : words.keyRemoveTitle
  const backup =
    key.backedUpAtMs === null
      ? words.keyRemoveNoBackup
      : `${words.keyRemoveBackedUp} ${new Date(key.backedUpAtMs).toLocaleDateString(words.locale)}`
  const lines = [
    ...someOf(
      key.facts.userIds.map(({ name, address }) => oneLine(`${name} <${address}>`)),
      3,
    ),
    grouped(key.facts.fingerprint),
    '',
    ...(kind === 'export' ? [words.keyExport] : [words.keyRemove, '', backup]),
  ]
  return {
    type: 'warning',
    title,
    message: title,
    detail: lines.join('\n'),
    buttons: [words.cancel, kind === 'export' ? words.keyExportYes : words.keyRemoveYes],
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  }
}

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { byteTextOf, utf8Bytes } from '../../../../../../electron/engine/formats/content-lines/byte-text'
import { readCard } from '../../../../../../electron/engine/formats/vcard/read-card'

const directory = join(import.meta.dirname, '../../../../../fixtures/contacts')

/** Cards as programs write them, made for the project. */
export const programs = ['apple', 'apple-group', 'thunderbird', 'google', 'outlook', 'nextcloud'] as const

export const fixture = (name: (typeof programs)[number]): string =>
  byteTextOf(readFileSync(join(directory, `${name}.vcf`)))

const cardOf = (text: string) => readCard(utf8Bytes(text.replace(/\r?\n/g, '\r\n')))
export const wrapped = (lines: string, version = '3.0') =>
  cardOf(`BEGIN:VCARD\nVERSION:${version}\n${lines}\nEND:VCARD\n`)

import { type ContactFields, noFields } from '../../../../shared/features/contacts/model'
import { bytesOf, byteTextOf } from '../content-lines/byte-text'
import { logicalLines } from '../content-lines/logical-lines'
import { decodeCharset } from '../mime/charset/charset'
import { readPartialDate } from '../vcard/fields/partial-dates'

type Entry = Map<string, string[]>

/** An entry of LDIF (RFC 2849) as a contact, or with its members by address; `line`: where it begins. */
export type LdifContact = Readonly<{
  line: number
  fields: ContactFields
  isGroup: boolean
  members: readonly string[]
}>

/**
 * Contacts of an LDIF file, as Thunderbird writes it (mozillaAbPersonAlpha) and directories do (inetOrgPerson). What a URL
 * would bring is never fetched, and records of changes are not read.
 */
export function* readLdif(bytes: Uint8Array): IterableIterator<LdifContact> {
  let entry: Entry = new Map()
  let line = 1
  let from = 1
  for (const { raw, text } of logicalLines(byteTextOf(bytes))) {
    if (text.trim() === '') {
      const found = contactOf(entry, from)
      if (found !== null) yield found
      entry = new Map()
      from = line + 1
    } else if (!text.startsWith('#')) {
      const read = /^([A-Za-z0-9.-]+)(?:;[^:]*)?:([:<]?) *([\s\S]*)$/.exec(text)
      if (read !== null && read[2] !== '<') {
        const name = (read[1] ?? '').toLowerCase()
        const value = read[2] === ':' ? Buffer.from(read[3] ?? '', 'base64') : bytesOf(read[3] ?? '')
        entry.set(name, [...(entry.get(name) ?? []), decodeCharset(value, '')])
      }
    }
    line += raw.split('\n').length - 1
  }
  const last = contactOf(entry, from)
  if (last !== null) yield last
}

const plain = { types: [] as string[], label: '', preferred: false }

const phones: readonly (readonly [string, readonly string[]])[] = [
  ['telephonenumber', ['work']],
  ['homephone', ['home']],
  ['mobile', ['cell']],
  ['cellphone', ['cell']],
  ['facsimiletelephonenumber', ['fax']],
  ['fax', ['fax']],
  ['pager', ['pager']],
  ['pagerphone', ['pager']],
]

function contactOf(entry: Entry, line: number): LdifContact | null {
  const all = (...names: string[]): string[] =>
    names
      .flatMap(name => entry.get(name) ?? [])
      .map(value => value.trim())
      .filter(value => value !== '')
  const first = (...names: string[]): string => all(...names)[0]?.slice(0, 1000) ?? ''
  const classes = all('objectclass').map(name => name.toLowerCase())
  const isGroup = classes.includes('groupofnames')
  const members = all('member').map(dn => /(?:^|,)mail=([^,]+)/i.exec(dn)?.[1]?.trim() ?? '')
  const [year, month, day] = [first('birthyear'), first('birthmonth'), first('birthday')]
  const fields: ContactFields = {
    ...noFields,
    displayName: first('displayname', 'cn'),
    name: { ...noFields.name, family: first('sn', 'surname'), given: first('givenname', 'gn') },
    nickname: first('mozillanickname', 'xmozillanickname'),
    organisation: first('o', 'company'),
    units: all('ou', 'department', 'orgunit').slice(0, 20),
    title: first('title'),
    emails: [...new Set(all('mail', 'mozillasecondemail', 'xmozillasecondemail'))].map(value => ({
      ...plain,
      value,
    })),
    phones: phones.flatMap(([name, types]) =>
      all(name).map(value => ({ ...plain, value, types: [...types] })),
    ),
    urls: all('mozillaworkurl', 'workurl', 'mozillahomeurl', 'homeurl', 'labeleduri').map(value => ({
      ...plain,
      value,
    })),
    addresses: [
      place('home', [first('mozillahomestreet', 'homepostaladdress'), first('mozillahomestreet2')], {
        city: first('mozillahomelocalityname'),
        region: first('mozillahomestate'),
        code: first('mozillahomepostalcode'),
        country: first('mozillahomecountryname'),
      }),
      place('work', [first('street', 'streetaddress', 'postaladdress'), first('mozillaworkstreet2')], {
        city: first('l', 'locality'),
        region: first('st', 'region'),
        code: first('postalcode'),
        country: first('c', 'countryname'),
      }),
    ].filter(each => each !== null),
    birthday:
      month === '' || day === ''
        ? null
        : readPartialDate(
            `${year === '' ? '--' : `${year.padStart(4, '0')}-`}${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
          ),
    note: all('description').join('\n\n'),
  }
  const says = fields.displayName + fields.name.family + fields.name.given + fields.organisation
  if (says === '' && fields.emails.length === 0 && fields.phones.length === 0) return null
  return { line, fields, isGroup, members: members.filter(address => address.includes('@')) }
}

function place(
  type: string,
  street: readonly string[],
  rest: Readonly<{ city: string; region: string; code: string; country: string }>,
) {
  const address = {
    ...plain,
    ...rest,
    types: [type],
    poBox: '',
    extended: '',
    street: street.filter(text => text !== '').join('\n'),
  }
  return [address.street, ...Object.values(rest)].every(text => text === '') ? null : address
}

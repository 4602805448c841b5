import type { Address } from '../../shared/features/mail/model'

const person = (name: string, address: string): Address => ({ name, address })

export const me = person('Lena Brandt', 'lena.brandt@mailbox.example')

export const people = {
  hartmann: person('Dr. Ingrid Hartmann', 'hartmann@kanzlei-hartmann.example'),
  okafor: person('Chidi Okafor', 'c.okafor@northernreview.example'),
  weiss: person('Jonas Weiß', 'jonas.weiss@redaktion.example'),
  marchetti: person('Giulia Marchetti', 'giulia@marchetti.example'),
  archive: person('Stadtarchiv Leipzig', 'lesesaal@archiv.example'),
  list: person('privacy-tech', 'privacy-tech@lists.example'),
  lindqvist: person('Astrid Lindqvist', 'astrid@lindqvist.example'),
  shop: person('Papierhaus Nord', 'news@papierhaus.example'),
  bank: person('Ihre Sparkasse', 'sicherheit@sparkasse-kundenservice.example'),
  provider: person('mailbox.example Team', 'support@mailbox.example'),
  nakamura: person('中村 由美', 'yumi.nakamura@press.example'),
} as const

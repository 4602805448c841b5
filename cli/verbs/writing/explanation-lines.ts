import type { DraftAttachment } from '../../../shared/features/writing/model'
import type { DraftExplanation, MessageReader, WayLevel } from '../../../shared/features/writing/readability'
import { assertNever } from '../../../shared/kit/assert-never'

const who: Readonly<Record<MessageReader['who'], string>> = {
  you: 'you',
  'own-provider': 'your provider',
  network: 'the network on the way to',
  provider: 'providers of the recipients',
  recipients: 'the recipients',
}

const wayWords: Readonly<Record<WayLevel, string>> = {
  inside: 'stays with one provider',
  dane: 'protected, verified (DANE), where your provider checks it',
  enforced: 'protected, enforced (MTA-STS), where your provider checks it',
  unknown: 'not known: encrypted if both sides happen to',
  none: 'no safe way was found',
}

function readsWords({ reads, isSure }: MessageReader): string {
  switch (reads) {
    case 'everything':
      return isSure ? 'everything' : 'perhaps everything'
    case 'outside':
      return isSure ? 'only the unencrypted part' : 'perhaps the unencrypted part'
    case 'nothing':
      return 'nothing, if your provider enforces it'
    default:
      return assertNever(reads)
  }
}

function attachmentWords({ fileName, traces, keepsTraces }: DraftAttachment): string {
  const place = traces.location ? ', the place among it' : ''
  switch (traces.kind) {
    case 'image':
      return traces.removableBytes === 0
        ? `${fileName}: nothing hidden`
        : keepsTraces
          ? `${fileName}: goes with ${traces.removableBytes} bytes of hidden data${place}`
          : `${fileName}: ${traces.removableBytes} bytes of hidden data removed${place}`
    case 'opaque':
      return `${fileName}: may contain metadata that cannot be removed here`
    case 'document':
      return `${fileName}: may name its author`
    case 'none':
      return fileName
    default:
      return assertNever(traces.kind)
  }
}

/** Who can read a message and what stays visible of it, line by line. */
export function explanationLines({
  readers,
  metadata,
  onTheWay,
  attachments,
  unexamined,
}: DraftExplanation): readonly string[] {
  const shown = metadata.filter(({ isHidden }) => !isHidden).map(({ item }) => item)
  return [
    '',
    'Who can read it:',
    ...(readers.length === 0 ? ['  nobody is addressed yet'] : []),
    ...readers.map(reader => `  ${who[reader.who]} (${reader.names.join(', ')}): ${readsWords(reader)}`),
    ...(unexamined > 0 ? [`  ${unexamined} more recipients were not looked at`] : []),
    ...(onTheWay === null ? [] : [`On the way: ${wayWords[onTheWay]}`]),
    ...(shown.length === 0 ? [] : [`Every server on the way sees: ${shown.join(', ')}`]),
    ...(attachments.length === 0
      ? []
      : ['Attachments:', ...attachments.map(each => `  ${attachmentWords(each)}`)]),
  ]
}

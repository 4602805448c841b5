import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isLookAlikeHost } from '../../../../shared/html/host-letters'
import { useHost } from '../../../host/host-context'
import { showLink } from '../../../state/shown-link'
import { Button } from '../../../ui/button'
import { type TextBlock, textBlocks } from './text-blocks'
import { textPieces } from './text-links'

/** Quotes longer than this begin folded. */
const shortQuoteLines = 4

const linkShown = (url: string) => ({
  url: url.slice(0, 2000),
  isLookAlike: isLookAlikeHost(URL.parse(url)?.hostname ?? ''),
})

function Line({ text }: Readonly<{ text: string }>) {
  const { t } = useTranslation('mail')
  const host = useHost()
  return textPieces(text).map((piece, at) =>
    piece.url === null ? (
      piece.text
    ) : (
      <a
        // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change their order.
        key={at}
        className="text-link"
        href={piece.url}
        onPointerEnter={() => showLink(linkShown(piece.url ?? ''))}
        onPointerLeave={() => showLink(null)}
        onFocus={() => showLink(linkShown(piece.url ?? ''))}
        onBlur={() => showLink(null)}
        aria-label={t('reader.openLink', { url: piece.url })}
        onClick={event => {
          event.preventDefault()
          void host.call('links.open', { url: piece.url ?? '' })
        }}
      >
        {piece.text}
      </a>
    ),
  )
}

function Lines({ lines }: Readonly<{ lines: readonly string[] }>) {
  return lines.map((line, at) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a message never change their order.
    <div key={at} className="text-line">
      {line === '' ? <br /> : <Line text={line} />}
    </div>
  ))
}

function Quote({ block }: Readonly<{ block: TextBlock }>) {
  const { t } = useTranslation('mail')
  const isLong = block.lines.length > shortQuoteLines
  const [open, setOpen] = useState(!isLong)
  return (
    <blockquote className="text-quote">
      {open ? <Lines lines={block.lines.map(line => line.replace(/^\s?> ?/, ''))} /> : null}
      {isLong ? (
        <Button variant="plain" aria-expanded={open} onPress={() => setOpen(!open)}>
          {open ? t('reader.quotedHide') : t('reader.quotedShow', { count: block.lines.length })}
        </Button>
      ) : null}
    </blockquote>
  )
}

/** The text of a message, set to be read: a measure the eye can follow, quotes folded, links named by their target. */
export function TextBody({ text }: Readonly<{ text: string }>) {
  const { t } = useTranslation('mail')
  const blocks = useMemo(() => textBlocks(text), [text])
  if (blocks.length === 0) return <p className="text-blank">{t('reader.blank')}</p>
  return (
    <section aria-label={t('reader.body')} className="text-body selectable">
      {blocks.map((block, at) =>
        block.kind === 'quoted' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a message never change their order.
          <Quote key={at} block={block} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the blocks of a message never change their order.
          <div key={at} className={block.kind === 'signature' ? 'text-signature' : 'text-written'}>
            <Lines lines={block.lines} />
          </div>
        ),
      )}
    </section>
  )
}

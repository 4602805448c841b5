import { memo, useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { hostLetters, isLookAlikeHost } from '../../../../shared/html/host-letters'
import { directionsOf } from '../../../../shared/kit/text-direction'
import { useHost } from '../../../host/host-context'
import { runCommand } from '../../../state/run-command'
import { showLink } from '../../../state/shown-link'
import { textPieces } from '../../../ui/text/text-links'
import { type StyledBlock, type StyledSpan, styledBlocks, styledSpans } from './styling'
import { tameText } from './tame'

const linkShown = (url: string) => {
  const host = URL.parse(url)?.hostname ?? ''
  return {
    url: url.slice(0, 2000),
    letters: hostLetters(host).slice(0, 300),
    isLookAlike: isLookAlikeHost(host),
  }
}

/** A link as text: nothing of it is fetched, and main asks before anything opens. */
function Link({ text, url }: Readonly<{ text: string; url: string }>) {
  const { t } = useTranslation('chat')
  const host = useHost()
  return (
    <a
      className="chat-link"
      href={url}
      tabIndex={-1}
      draggable={false}
      onPointerEnter={() => showLink(linkShown(url))}
      onPointerLeave={() => showLink(null)}
      onFocus={() => showLink(linkShown(url))}
      onBlur={() => showLink(null)}
      aria-label={t('message.link', { url })}
      onClick={event => {
        event.preventDefault()
        void runCommand(host, 'links.open', { url })
      }}
    >
      {text}
    </a>
  )
}

const tags = { strong: 'strong', emphasis: 'em', strike: 's' } as const

function Spans({ spans }: Readonly<{ spans: readonly StyledSpan[] }>) {
  return spans.map((span, at) => {
    // The pieces of a line never change their order.
    const key = `${at} ${span.kind}`
    if (span.kind === 'code')
      return (
        <code key={key} className="chat-code-span">
          {span.text}
        </code>
      )
    if (span.kind !== 'text') {
      const Tag = tags[span.kind]
      return (
        <Tag key={key}>
          <Spans spans={span.spans} />
        </Tag>
      )
    }
    return <span key={key}>{span.text}</span>
  })
}

/** Links first: a star or a line below in an address is no style. */
function Line({ text }: Readonly<{ text: string }>) {
  return textPieces(text).map((piece, at) =>
    piece.url === null ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: the pieces of a line never change their order.
      <Spans key={at} spans={styledSpans(piece.text)} />
    ) : (
      // biome-ignore lint/suspicious/noArrayIndexKey: as above.
      <Link key={at} text={piece.text} url={piece.url} />
    ),
  )
}

function Blocks({ blocks }: Readonly<{ blocks: readonly StyledBlock[] }>) {
  return blocks.map((block, at) => {
    // The blocks of a message never change their order.
    const key = `${at} ${block.kind}`
    if (block.kind === 'code')
      return (
        <pre key={key} className="chat-code" dir="ltr">
          {block.text}
        </pre>
      )
    if (block.kind === 'quote')
      return (
        <blockquote key={key} className="chat-quote">
          <Blocks blocks={block.blocks} />
        </blockquote>
      )
    const directions = directionsOf(block.lines)
    return block.lines.map((line, place) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a message never change their order.
      <div key={`${key} ${place}`} className="chat-line" dir={directions[place]}>
        {line === '' ? <br /> : <Line text={line} />}
      </div>
    ))
  })
}

/** The text of a message: styles (XEP-0393) and quotes are drawn, and nothing in it does anything by itself. */
export const StyledText = memo(function StyledText({ text }: Readonly<{ text: string }>) {
  const blocks = useMemo(() => styledBlocks(tameText(text)), [text])
  return <Blocks blocks={blocks} />
})

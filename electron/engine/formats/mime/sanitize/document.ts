/** Where the window sees to the fit (renderer/mail-frame), the rules that bound by force are off. */
const unset = (selector: string): string => `:where(html:not([data-siegel-set])) ${selector}`

/** Our own small sheet: readable defaults, nothing loaded. Colours of our own only when the mail brings none. */
const baseStyle = [
  ':root{color-scheme:light dark}',
  'html.siegel-own-colours{color-scheme:light;background:#fff;color:#1b1c1e}',
  'html,body{margin:0;padding:0}',
  'body{font:15px/1.5 system-ui,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}',
  // As high as what floats in it; its edges are the mail's to say.
  '.siegel-mail{display:flow-root}',
  ':where(.siegel-mail){padding:12px 24px 24px}',
  unset('img{max-width:100%;height:auto}'),
  'img:not([src]):not([alt]),img:not([src])[alt=""],img[hidden]{display:none!important}',
  // Until it is here a picture is its words, as long as they are; in a link they are all that can be clicked.
  'img:not([src]){width:auto!important;height:auto!important;max-width:100%!important;max-height:none!important;min-height:0!important;font-style:italic}',
  'a img:not([src]){display:inline-block!important}',
  // What is dragged takes a target along that nobody sees. Selected words can be dragged, and links are opened and copied by name.
  'a,img{-webkit-user-drag:none}',
  unset('pre{white-space:pre-wrap}'),
  unset('table{max-width:100%}'),
  'blockquote{margin:.6em 0;padding-left:.9em;border-left:2px solid color-mix(in srgb,currentColor 30%,transparent)}',
].join('')

/** A whole document around a sanitised body. `bodyHtml` and `mailStyle` must come from the sanitiser. */
export function documentAround(
  bodyHtml: string,
  mailStyle: string,
  bodyStyle: string,
  ownColours: boolean,
  direction: string,
): string {
  const style =
    bodyStyle === '' ? '' : ` style="${bodyStyle.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`
  return (
    `<!doctype html><html${ownColours ? ' class="siegel-own-colours"' : ''}><head><meta charset="utf-8">` +
    `<meta name="referrer" content="no-referrer"><style>${baseStyle}</style>${mailStyle === '' ? '' : `<style>${mailStyle}</style>`}` +
    `</head><body><div class="siegel-mail"${direction === '' ? '' : ` dir="${direction}"`}${style}>${bodyHtml}</div></body></html>`
  )
}

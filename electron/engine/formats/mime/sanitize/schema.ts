const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** Elements that survive. None of them runs, loads, frames, submits or switches the parser's mode. */
export const allowedElements = words(
  'a abbr acronym address article aside b bdi big blockquote br caption center cite code col colgroup dd del details dfn dir div dl dt ' +
    'em figcaption figure font footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark nav nobr ol p pre q rp rt ruby s samp section ' +
    'small span strike strong sub summary sup table tbody td tfoot th thead time tr tt u ul var wbr',
)

/** Elements without content. */
export const voidElements = words('br hr img col wbr')

/** Elements whose content goes with them; of all others that are not allowed, the content stays. */
export const droppedWithContent = words(
  'svg math template select datalist applet audio video map canvas dialog menuitem',
)

/** hast property names (as parsed) that survive on every element, with what they may hold. */
export const globalProperties: Readonly<Record<string, RegExp>> = {
  dir: /^(ltr|rtl|auto)$/i,
  lang: /^[a-z]{1,8}(-[a-z0-9]{1,8}){0,4}$/i,
  align: /^(left|right|center|justify|middle|top|bottom)$/i,
  vAlign: /^(top|middle|bottom|baseline)$/i,
  width: /^\d{1,5}(\.\d{1,3})?(%|px)?$/,
  height: /^\d{1,5}(\.\d{1,3})?(%|px)?$/,
  bgColor: /^#?[0-9a-z]{1,30}$/i,
  color: /^#?[0-9a-z]{1,30}$/i,
}

/** hast property names that survive on certain elements. */
export const elementProperties: Readonly<Record<string, Readonly<Record<string, RegExp>>>> = {
  font: { face: /^[\p{L}\d ,'"_-]{1,200}$/u, size: /^[+-]?\d$/ },
  table: { border: /^\d{1,3}$/, cellPadding: /^\d{1,4}$/, cellSpacing: /^\d{1,4}$/ },
  td: { colSpan: /^\d{1,3}$/, rowSpan: /^\d{1,3}$/, noWrap: /^(|true|nowrap)$/i },
  th: { colSpan: /^\d{1,3}$/, rowSpan: /^\d{1,3}$/, noWrap: /^(|true|nowrap)$/i },
  col: { span: /^\d{1,3}$/ },
  colgroup: { span: /^\d{1,3}$/ },
  ol: { start: /^-?\d{1,6}$/, type: /^[1aAiI]$/ },
  ul: { type: /^(disc|circle|square)$/i },
  li: { value: /^-?\d{1,6}$/ },
  hr: { size: /^\d{1,3}$/, noShade: /^(|true|noshade)$/i },
  img: { alt: /^.{0,2000}$/s, border: /^\d{1,3}$/, hSpace: /^\d{1,4}$/, vSpace: /^\d{1,4}$/ },
  details: { open: /^(|true|open)$/i },
}

/** CSS properties that survive: they arrange and paint, and cannot load anything once their values are checked. */
export const allowedCssProperties = words(
  'background background-color background-image background-position background-repeat background-size border border-bottom border-bottom-color border-bottom-left-radius border-bottom-right-radius ' +
    'border-bottom-style border-bottom-width border-collapse border-color border-left border-left-color border-left-style border-left-width ' +
    'border-radius border-right border-right-color border-right-style border-right-width border-spacing border-style border-top ' +
    'border-top-color border-top-left-radius border-top-right-radius border-top-style border-top-width border-width box-shadow box-sizing ' +
    'caption-side clear color column-gap direction display empty-cells flex flex-basis flex-direction flex-flow flex-grow flex-shrink ' +
    'flex-wrap float font font-family font-size font-stretch font-style font-variant font-weight gap height hyphens ' +
    'justify-content align-items align-self align-content letter-spacing line-height list-style list-style-position list-style-type margin margin-bottom ' +
    'margin-left margin-right margin-top max-height max-width min-height min-width opacity outline outline-color outline-style outline-width ' +
    'overflow overflow-wrap overflow-x overflow-y padding padding-bottom padding-left padding-right padding-top position row-gap ' +
    'table-layout text-align text-decoration text-decoration-color text-decoration-line text-decoration-style text-indent text-overflow ' +
    'text-shadow text-transform unicode-bidi vertical-align visibility white-space width word-break word-spacing word-wrap mso-hide ' +
    'grid-template-columns grid-template-rows grid-template-areas grid-template grid-auto-columns grid-auto-rows grid-auto-flow ' +
    'grid-column grid-column-start grid-column-end grid-row grid-row-start grid-row-end grid-area grid-gap grid-column-gap ' +
    'grid-row-gap place-items place-content place-self justify-items justify-self order aspect-ratio object-fit object-position ' +
    'margin-inline margin-block padding-inline padding-block text-align-last text-underline-offset columns column-count column-width',
)

/** CSS functions that compute colours and lengths. Everything else (url, image-set, attr, var, env ...) goes. */
export const allowedCssFunctions = words(
  'rgb rgba hsl hsla hwb lab lch oklab oklch calc min max clamp linear-gradient radial-gradient repeating-linear-gradient ' +
    'repeat minmax fit-content',
)

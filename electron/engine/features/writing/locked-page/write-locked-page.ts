import { createHash } from 'node:crypto'
import {
  type SealedContent,
  sealedElementId,
} from '../../../../../shared/features/writing/locked-page-format'

const style = `:root{color-scheme:light dark;font:17px/1.5 system-ui,sans-serif}
body{margin:0;background:Canvas;color:CanvasText}
main{max-width:42rem;margin:0 auto;padding:2rem 1.25rem}
h1{font-size:1.4rem}h2{font-size:1.1rem}.quiet{margin:0;opacity:.75}
label{display:block;margin-bottom:.75rem}
input{display:block;width:100%;box-sizing:border-box;margin-top:.25rem;padding:.6rem;font:inherit}
button{padding:.6rem 1.4rem;font:inherit}
pre{font:inherit;white-space:pre-wrap;overflow-wrap:anywhere}
iframe{width:100%;height:60vh;border:1px solid GrayText;background:white}
`

/** For readers whose program runs no scripts. */
const noScript =
  'This encrypted message opens in a web browser: save the file and open it there. / ' +
  'Diese verschlüsselte Nachricht öffnet sich in einem Webbrowser: Speichern Sie die Datei und öffnen Sie sie dort.'

const sourceOf = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * One HTML file that holds a sealed message and the script that opens it. Its policy names this very script and style and
 * permits nothing else, above all no request: what is read in it cannot leave it.
 */
export function writeLockedPage(sealed: SealedContent, script: string): Uint8Array {
  // Inside a script element only its end tag and the start of a comment mean something; neither is in a valid bundle twice.
  const code = script.replaceAll('</script', '<\\/script').replaceAll('<!--', '<\\!--')
  const policy = `default-src 'none'; script-src ${sourceOf(code)}; style-src ${sourceOf(style)}; base-uri 'none'; form-action 'none'`
  const page = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width">
<title>Encrypted message</title>
<style>${style}</style>
</head>
<body>
<main id="place"><noscript>${noScript}</noscript></main>
<script type="application/json" id="${sealedElementId}">${JSON.stringify(sealed)}</script>
<script>${code}</script>
</body>
</html>
`
  return Buffer.from(page, 'utf8')
}

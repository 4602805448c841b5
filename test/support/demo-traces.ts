import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { inProject } from '../../build/paths.mjs'

/** Texts of 24 letters and more that stand in the demo and nowhere else in what the page is made of. */
const demoTexts = (): readonly string[] => {
  const found = new Set<string>()
  for (const name of readdirSync(inProject('renderer', 'demo')).filter(each => each.endsWith('.ts')))
    for (const [, text] of readFileSync(inProject('renderer', 'demo', name), 'utf8').matchAll(
      /'([^'\\\n]{24,})'/g,
    ))
      if (text && /^[\p{L}\p{N} .,:!?@-]+$/u.test(text) && text.includes(' ')) found.add(text)
  return [...found]
}

/** What of the demo is in the files of a folder: file, and the text or the source that gives it away. */
export const demoTracesIn = (folder: string): readonly string[] => {
  const texts = demoTexts()
  if (texts.length < 20) throw new Error('the demo was not found')
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .flatMap(entry => {
      const content = readFileSync(join(entry.parentPath, entry.name), 'utf8')
      if (entry.name.endsWith('.map'))
        return (JSON.parse(content) as { sources: string[] }).sources
          .filter(source => /renderer\/(demo|host\/fake)\//.test(source) || source.includes('/demo/'))
          .map(source => `${entry.name}: ${source}`)
      return texts.filter(text => content.includes(text)).map(text => `${entry.name}: ${text}`)
    })
}

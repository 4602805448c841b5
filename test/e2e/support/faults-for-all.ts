import axe from 'axe-core'
import type { Page } from 'playwright-core'

type Finding = Readonly<{
  id: string
  impact: string | null
  nodes: readonly Readonly<{ target: readonly string[]; html: string; failureSummary: string }>[]
}>
type PageWithAxe = {
  axe?: { run(context: unknown, options: unknown): Promise<{ violations: Finding[] }> }
}

/**
 * What axe-core finds serious or critical on the page as it stands, said as rule and place. The document of a mail is somebody
 * else's and lies in a frame that nothing can look into.
 */
export const faultsForAll = async (page: Page): Promise<readonly string[]> => {
  if (!(await page.evaluate(() => (window as unknown as PageWithAxe).axe !== undefined)))
    await page.evaluate(axe.source)
  const violations = await page.evaluate(async () => {
    const result = await (window as unknown as PageWithAxe).axe?.run(
      { exclude: [['iframe']] },
      { iframes: false, resultTypes: ['violations'] },
    )
    return JSON.parse(JSON.stringify(result?.violations ?? null)) as Finding[] | null
  })
  if (violations === null) throw new Error('axe-core did not run')
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(
        ({ target, html, failureSummary }) =>
          `${id}: ${target.join(' ')} ${html.slice(0, 120)} ${failureSummary.split('\n')[1]?.trim() ?? ''}`,
      ),
    )
}

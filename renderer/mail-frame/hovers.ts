/** What a rule may change under the pointer without anything becoming higher. */
const paintOnly =
  /^(?:color|background|border-(?:\w+-)?color|outline|text-decoration|text-shadow|box-shadow|opacity|cursor|filter|transition|visibility|fill|stroke|caret|accent|-webkit-text-fill|transform)/

/** Rules that are looked at; a mail with more has a sheet that nobody wrote by hand. */
const mostRules = 20_000

const grows = ({ selectorText, style }: CSSStyleRule): boolean =>
  /:(?:hover|focus|active)/.test(selectorText) && [...style].some(property => !paintOnly.test(property))

/**
 * Whether something in the mail can become higher under the pointer, or when the keyboard comes to it: nobody is told of that, so
 * nobody could measure it again.
 */
export const growsUnderPointer = (): boolean => {
  let left = mostRules
  const looked = (rules: CSSRuleList): boolean => {
    for (const rule of rules) {
      if (left-- <= 0) return false
      if (
        rule instanceof CSSStyleRule
          ? grows(rule)
          : 'cssRules' in rule && looked(rule.cssRules as CSSRuleList)
      )
        return true
    }
    return false
  }
  return [...document.styleSheets].some(sheet => looked(sheet.cssRules))
}

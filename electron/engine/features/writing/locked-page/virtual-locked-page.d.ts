/** Made by build/page-scripts-plugin.ts from renderer/locked-page. */
declare module 'virtual:locked-page' {
  export const lockedPageScript: string
}

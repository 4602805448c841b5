/** Made by build/locked-page-plugin.ts from renderer/locked-page. */
declare module 'virtual:locked-page' {
  export const lockedPageScript: string
}

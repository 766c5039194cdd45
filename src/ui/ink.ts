/** Loading Ink. */

/**
 * Imports the screens, Ink with them. yoga's loader fetches its WebAssembly from a data: URL where `fetch` exists, which
 * pulls in all of undici; without `fetch` it decodes the text itself and starts 15 ms sooner.
 */
export async function loadScreens(): Promise<typeof import('./screens.ts')> {
  const { fetch } = globalThis
  Reflect.deleteProperty(globalThis, 'fetch')
  try {
    return await import('./screens.ts')
  } finally {
    globalThis.fetch = fetch
  }
}

// The paste that is measured: sessions of the recorded clusters, one after the other, cut at a line. Always the same bytes.
import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const cases = fileURLToPath(new URL('../../fixtures/cases/', import.meta.url))
const CLUSTERS = ['dr-vrrp-drop-policy-both', 'tun-healthy', 'nat-healthy']

/** At most `bytes` bytes of real sessions (ASCII), ending in a newline. */
export function paste(bytes) {
  const sessions = CLUSTERS.flatMap((name) =>
    readdirSync(`${cases}${name}`)
      .filter((file) => file.endsWith('.txt'))
      .sort()
      .map((file) => readFileSync(`${cases}${name}/${file}`, 'latin1')),
  )
  const text = sessions.join('\n').repeat(Math.ceil(bytes / Math.max(1, sessions.join('\n').length)))
  return text.slice(0, text.lastIndexOf('\n', bytes - 1) + 1)
}

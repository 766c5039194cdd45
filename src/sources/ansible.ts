/** One file of `ansible … --tree DIR`: what a module returned for the host that the file is named after. */

export type AnsibleResult =
  | { readonly is: 'output'; readonly bytes: Uint8Array }
  /** Ansible could not ask the host, or the script did not run there. */
  | { readonly is: 'lost'; readonly why: string }

interface Returned {
  readonly stdout?: unknown
  readonly msg?: unknown
  readonly unreachable?: unknown
  readonly failed?: unknown
}

const CURLY = 0x7b

/** undefined: no result of Ansible. Modules `script`, `shell`, `command` and `raw` return `stdout`. */
export function ansibleResult(bytes: Uint8Array): AnsibleResult | undefined {
  if (bytes[0] !== CURLY) return undefined
  let returned: Returned
  try {
    returned = JSON.parse(new TextDecoder().decode(bytes)) as Returned
  } catch {
    return undefined
  }
  const { stdout, msg, unreachable, failed } = returned
  if (typeof stdout === 'string' && stdout.trim() !== '') return { is: 'output', bytes: Buffer.from(stdout) }
  const isResult = unreachable === true || failed === true || ('changed' in returned && 'stdout' in returned)
  if (!isResult) return undefined
  const said = typeof msg === 'string' ? msg.trim().split('\n').slice(-1)[0] : undefined
  return { is: 'lost', why: said === undefined || said === '' ? 'Ansible got no output from it' : said.slice(0, 200) }
}

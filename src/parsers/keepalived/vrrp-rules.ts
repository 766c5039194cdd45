/** Rules of keywords of vrrp_instance and of what it tracks. */
import { signedFault, unsignedFault } from './numbers.ts'
import { type Fault, invalid, missing, type Rule, tooLong } from './rule.ts'
import { secretOf } from './secrets.ts'
import { isLonger, numberFault } from './value-rules.ts'

/** Only the first eight bytes go into a packet; keepalived cuts the rest off, with a complaint. */
const PASSWORD_BYTES = 8
const LONGEST_INTERFACE = 15

const state =
  (): Rule =>
  (node, { block }) => {
    const [value] = node.args
    if (value === undefined) return missing(1)
    if (value !== 'MASTER' && value !== 'BACKUP') return invalid(1, 'MASTER or BACKUP')
    // What was MASTER before stays it (vrrp_state_handler()).
    if (value === 'BACKUP' && block.noted('state') === 'MASTER') return { kind: 'repeated', word: 1 }
    block.note('state', value)
    return undefined
  }

const password = (): Rule => (node) => {
  const [value] = node.args
  if (value === undefined) return missing(1)
  const bytes = secretOf({ value, at: node.at })?.length ?? value.length
  return bytes > PASSWORD_BYTES ? tooLong(1, PASSWORD_BYTES) : undefined
}

/** `use_vmac [NAME] [MAC]`. */
const vmac = (): Rule => (node) => {
  let [named, mac] = [false, false]
  for (const [index, value] of node.args.slice(0, 2).entries()) {
    const isMac = value.includes(':')
    if (isMac ? mac : named) return { kind: 'repeated', word: index + 1 }
    if (isMac && !isVmacAddress(value)) return invalid(index + 1, 'a MAC address, not multicast')
    if (!isMac && (value === '' || value === '.' || value === '..' || /[/\s]/.test(value))) return invalid(index + 1)
    if (!isMac && isLonger(value, LONGEST_INTERFACE)) return tooLong(index + 1, LONGEST_INTERFACE)
    if (isMac) mac = true
    else named = true
  }
  return undefined
}

/** Five octets, to which keepalived adds the VRID, or six. */
function isVmacAddress(text: string): boolean {
  const octets = text.replace(/:$/, '').split(':')
  const right =
    octets.every((octet) => /^[0-9a-fA-F]{1,2}$/.test(octet)) && (octets.length === 5 || octets.length === 6)
  const isOfRfc = /^0?0:0?0:5e:0?0:0?[12]:/i.test(`${text}:`)
  return right && (Number.parseInt(octets[0] ?? '', 16) & 1) === 0 && !isOfRfc
}

/** `garp_extra_if [all] SECONDS`; the older name works too, with a complaint. */
const garpExtra =
  ([least = '0', instead]: readonly string[]): Rule =>
  (node) => {
    if (instead !== undefined) return { kind: 'deprecated-keyword', word: 0, didYouMean: instead }
    const seconds = node.args.findIndex((value) => value !== 'all')
    if (seconds < 0) return { kind: 'missing-argument', word: node.args.length + 1 }
    const wrong = node.args.findIndex(
      (value) => value !== 'all' && unsignedFault(value, Number(least), 86400) !== undefined,
    )
    return wrong < 0
      ? undefined
      : numberFault(unsignedFault(node.args[wrong] ?? '', Number(least), 86400), wrong + 1, least, '86400')
  }

const deprecated =
  ([instead = '']: readonly string[]): Rule =>
  () => ({
    kind: 'deprecated-keyword',
    word: 0,
    didYouMean: instead,
  })

/** `init_file [VALUE] [overwrite]` of track_file. */
const initFile = (): Rule => (node) => {
  for (const [index, value] of node.args.entries()) {
    if (value === 'overwrite') continue
    if (!/^[ \t]*[-0-9]/.test(value)) return invalid(index + 1, 'a number or overwrite')
    const fault: Fault | undefined = numberFault(signedFault(value, -254, 254), index + 1, '-254', '254')
    if (fault !== undefined) return fault
  }
  return undefined
}

export const VRRP_RULES: Readonly<Record<string, (parameters: readonly string[]) => Rule>> = {
  state,
  password,
  vmac,
  garp_extra: garpExtra,
  deprecated,
  init_file: initFile,
}

/** Rows of arp(8) and of /proc/net/arp. */
import { type Entry, entryOf } from './entry.ts'

/** Any of the three layouts. */
export function arpRow(words: readonly string[]): Entry | undefined {
  return tableRow(words) ?? sentence(words) ?? procRow(words)
}

/** `10.0.0.5  ether  52:54:00:aa:bb:05  CM  eth0`, `10.0.0.7  (incomplete)  veth1`, `10.0.0.77  *  <from_interface>  MP  eth0` */
function tableRow(words: readonly string[]): Entry | undefined {
  const [ip = '', type = '', mac, flags = ''] = words
  const dev = words.at(-1)
  if (words.length === 3 && type === '(incomplete)') return entryOf(ip, undefined, dev, 'INCOMPLETE')
  if ((words.length !== 5 && words.length !== 6) || !/^[CMPD!]{1,4}$/.test(flags)) return undefined
  if (mac === '<from_interface>') return entryOf(ip, undefined, dev, 'PROXY')
  return entryOf(ip, mac, dev, stateOf(flags.includes('M'), flags.includes('P')))
}

function stateOf(permanent: boolean, published: boolean): string {
  if (published) return 'PROXY'
  return permanent ? 'PERMANENT' : 'complete'
}

/** `? (10.0.0.5) at 52:54:00:aa:bb:05 [ether] PERM on eth0` */
function sentence(words: readonly string[]): Entry | undefined {
  const [, ip = '', at, mac = ''] = words
  if (at !== 'at' || words.at(-2) !== 'on' || !ip.startsWith('(') || !ip.endsWith(')')) return undefined
  const address = ip.slice(1, -1)
  const dev = words.at(-1)
  if (mac === '<incomplete>') return entryOf(address, undefined, dev, 'INCOMPLETE')
  if (mac === '<from_interface>') return entryOf(address, undefined, dev, 'PROXY')
  return entryOf(address, mac, dev, stateOf(words.includes('PERM'), words.includes('PUB')))
}

/** `10.0.0.5  0x1  0x6  52:54:00:aa:bb:05  *  eth0`: ATF_COM is 2, ATF_PERM 4, ATF_PUBL 8 (if_arp.h). */
function procRow(words: readonly string[]): Entry | undefined {
  const [ip = '', type = '', flags = '', mac, , dev] = words
  if (words.length !== 6 || !/^0x[0-9a-f]{1,4}$/.test(type) || !/^0x[0-9a-f]{1,4}$/.test(flags)) return undefined
  const bits = Number(flags)
  if ((bits & 8) !== 0) return entryOf(ip, undefined, dev, 'PROXY')
  if ((bits & 6) === 0) return entryOf(ip, undefined, dev, 'INCOMPLETE')
  return entryOf(ip, mac, dev, stateOf((bits & 4) !== 0, false))
}

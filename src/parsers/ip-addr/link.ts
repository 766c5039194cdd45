/** The lines about the link itself: header, hardware address, driver details. */
import { wholeNumber } from '../../lib/words.ts'
import type { Link, LinkAddress } from '../../model/facts.ts'

/** A link while its lines come in. */
export type LinkDraft = { -readonly [K in keyof Link]: Link[K] } & { addresses: LinkAddress[] }

/** Names that open a line of `ip -d`; others are known by the queue sizes that iproute2 prints for every device. */
const KINDS = new Set(
  (
    'vlan bond bridge veth ipip sit gre gretap ip6gre ip6gretap ip6tnl ipip6 erspan vti vti6 dummy macvlan macvtap ipvlan ipvtap ' +
    'vxlan geneve vrf team tun ifb wireguard nlmon macsec openvswitch xfrm bareudp can vcan ipoib hsr netdevsim tunnel ' +
    'bond_slave bridge_slave team_slave vrf_slave openvswitch_slave'
  ).split(' '),
)

const HEADER = /^(\d{1,10}): ([^\s@]+?)(?:@([^\s:]+))?: <([^>]*)>(?:\s(.*))?$/
const MAC = /^[0-9a-f]{2}(?::[0-9a-f]{2}){5}$/i
/** Lines that belong to a link and say nothing we use. */
const ASIDE =
  /^(?:altname|alias|vf \d+|prog\/xdp|xdp[a-z]*\/|link-netns|parentbus|promiscuity|tc|RX:|TX:|RX errors:|TX errors:)(?:\s|$)/

/** `2: eth0@if12: <BROADCAST,UP> mtu 1500 qdisc noqueue master br0 state UP group default qlen 1000` */
export function readHeader(line: string): Omit<LinkDraft, 'at'> | undefined {
  const found = HEADER.exec(line)
  if (!found) return undefined
  const [, index, name = '', peer, flags = '', rest = ''] = found
  const words = rest.split(/\s+/)
  const mtuAt = words.indexOf('mtu')
  const mtu = mtuAt < 0 ? undefined : wholeNumber(words[mtuAt + 1])
  if (mtuAt >= 0 && mtu === undefined) return undefined
  const masterAt = words.indexOf('master')
  const master = masterAt < 0 ? undefined : words[masterAt + 1]
  return {
    name,
    ...(peer === undefined ? {} : { peer }),
    index: Number(index),
    flags: flags.split(',').filter((flag) => flag !== ''),
    ...(mtu === undefined ? {} : { mtu }),
    ...(master === undefined || master === '' ? {} : { master }),
    addresses: [],
  }
}

/** Takes in an indented line about a link; false when it is none. */
export function readDetail(link: LinkDraft, line: string, words: readonly string[]): boolean {
  const first = words[0] ?? ''
  if (first.startsWith('link/')) return readHardware(link, first.slice(5), words[1])
  if (KINDS.has(first) || words.includes('numtxqueues')) return readKind(link, first, words)
  return ASIDE.test(line.trim())
}

function readHardware(link: LinkDraft, type: string, address: string | undefined): boolean {
  if (type === '') return false
  link.type = type
  if (type !== 'loopback' && address !== undefined && MAC.test(address)) link.mac = address.toLowerCase()
  return type !== 'ether' || link.mac !== undefined
}

/** `vlan protocol 802.1Q id 10 <REORDER_HDR>`; `bond_slave` and the like come second, where the device has a kind of its own. */
function readKind(link: LinkDraft, kind: string, words: readonly string[]): boolean {
  if (kind === 'vlan') {
    const vlan = wholeNumber(words[words.indexOf('id') + 1])
    if (!words.includes('id') || vlan === undefined) return false
    link.vlan = vlan
  }
  link.kind ??= kind
  return true
}

/** What a live capture asks the kernel for: everything that tells about one VIP, and nothing else. */

/**
 * Adverts, ARP, errors and tunnels as a whole; of TCP the VIP's packets, and the SYNs and resets of everybody, because a real server
 * behind NAT, or one that answers past the VIP, does so under its own address.
 */
export function captureFilter(vip: string, port: number | undefined, device: string): string {
  const only = port === undefined ? '' : ` and port ${port}`
  const parts = [
    'vrrp',
    'arp',
    'icmp',
    'ip proto 4',
    port === undefined ? `host ${vip}` : `(host ${vip}${only})`,
    `(tcp[13] & 6 != 0${only})`,
  ]
  const plain = parts.join(' or ')
  // The word `vlan` moves all offsets behind it, so it comes last; on "any" the tag is not in the packet.
  return device === 'any' ? plain : `${plain} or (vlan and (${plain}))`
}

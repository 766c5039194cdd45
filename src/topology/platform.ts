/** What kind of network a host has under it, by its hypervisor or by whose MAC addresses it has. */
import type { HostFacts } from '../model/case.ts'
import type { Cite } from '../model/evidence.ts'

export interface Platform {
  /** For a sentence: `Amazon EC2`. */
  readonly name: string
  /** `drops`: multicast never gets through. `may-drop`: depends on switches and port security that the host does not see. */
  readonly multicast: 'drops' | 'may-drop' | 'passes'
  readonly at: Cite
}

/** As systemd-detect-virt names them. Of containers and User Mode Linux the network is that of their host. */
const BY_NAME: Readonly<Record<string, Pick<Platform, 'name' | 'multicast'>>> = {
  none: { name: 'bare metal', multicast: 'passes' },
  amazon: { name: 'Amazon EC2', multicast: 'drops' },
  google: { name: 'Google Compute Engine', multicast: 'drops' },
  microsoft: { name: 'Hyper-V or Azure', multicast: 'may-drop' },
  vmware: { name: 'VMware', multicast: 'may-drop' },
  kvm: { name: 'KVM', multicast: 'may-drop' },
  qemu: { name: 'QEMU', multicast: 'may-drop' },
  xen: { name: 'Xen', multicast: 'may-drop' },
  oracle: { name: 'VirtualBox', multicast: 'may-drop' },
  parallels: { name: 'Parallels', multicast: 'may-drop' },
  bhyve: { name: 'bhyve', multicast: 'may-drop' },
}
/** First bytes of the MACs that a platform gives its machines. That of KVM (52:54:00) is left out: it says nothing of the switch. */
const BY_MAC: readonly (readonly [string, Pick<Platform, 'name' | 'multicast'>])[] = [
  ['fa:16:3e', { name: 'OpenStack', multicast: 'may-drop' }],
  ['00:50:56', { name: 'VMware', multicast: 'may-drop' }],
  ['00:0c:29', { name: 'VMware', multicast: 'may-drop' }],
  ['00:15:5d', { name: 'Hyper-V or Azure', multicast: 'may-drop' }],
]

/** undefined: not known. The MAC of OpenStack tells more than the KVM under it. */
export function platformOf({ identity, links }: HostFacts): Platform | undefined {
  const own = links.state === 'known' ? links.value.links : []
  for (const { mac, at } of own) {
    const maker = BY_MAC.find(([prefix]) => mac?.toLowerCase().startsWith(prefix))
    if (maker) return { ...maker[1], at }
  }
  const virtual = identity.state === 'known' ? identity.value.virtualization : undefined
  const known = virtual && Object.hasOwn(BY_NAME, virtual.value) ? BY_NAME[virtual.value] : undefined
  return virtual && known && { ...known, at: virtual.at }
}

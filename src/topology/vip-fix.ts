/** How a real server gets its VIP, now and after a reboot, whatever the distribution configures networks with. */
import { sameSubnet } from '../lib/ip.ts'
import { shellWord } from '../lib/shell.ts'
import type { FixStep } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'
import type { Link, LinkAddress } from '../model/facts.ts'
import { runStep } from '../model/fix.ts'

/**
 * Puts the VIP as /32 on a device; with `tunnel` the IPIP module is loaded and the device brought up first.
 * A oneshot unit repeats it at boot, because ifcfg, interfaces and nmcli each want something else.
 */
export function bindVip(host: HostId, vip: string, dev: string, options: { readonly tunnel?: true } = {}): FixStep {
  const commands = (device: string): readonly string[] => [
    ...(options.tunnel ? ['modprobe ipip', `ip link set ${device} up`] : []),
    `ip addr replace ${vip}/32 dev ${device}`,
  ]
  const device = shellWord(dev)
  return {
    host,
    run: commands(device).join(' && '),
    persist: unit(`lvs-vip-${vip.replaceAll(':', '-')}.service`, commands(dev)),
    risk: 'safe',
    undo: `ip addr del ${vip}/32 dev ${device}`,
  }
}

/**
 * Takes the VIP off an interface. The first address of a network takes the others with it when it goes, the host's own among
 * them, unless promote_secondaries is on (__inet_del_ifa).
 */
export function removeVip(host: HostId, { name, addresses }: Link, vip: LinkAddress): FixStep {
  const place = `${vip.ip}/${vip.prefix} dev ${shellWord(name)}`
  const followers = addresses.some(
    ({ secondary, ip, prefix }) => secondary && prefix === vip.prefix && sameSubnet(ip, vip.ip, prefix),
  )
  const first = !vip.secondary && followers ? 'sysctl -w net.ipv4.conf.all.promote_secondaries=1 && ' : ''
  return runStep(host, `${first}ip addr del ${place}`, 'moves-traffic', { undo: `ip addr add ${place}` })
}

function unit(name: string, commands: readonly string[]): string {
  const lines = [
    '[Unit]',
    'After=network-online.target',
    '[Service]',
    'Type=oneshot',
    'RemainAfterExit=yes',
    ...commands.map((command) => `ExecStart=/usr/bin/env ${command}`),
    '[Install]',
    'WantedBy=multi-user.target',
  ]
  return `printf '%s\\n' ${lines.map(shellWord).join(' ')} > /etc/systemd/system/${name} && systemctl enable ${name}`
}

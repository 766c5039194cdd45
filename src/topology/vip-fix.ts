/** How a real server gets its VIP, now and after a reboot, whatever the distribution configures networks with. */
import { shellWord } from '../lib/shell.ts'
import type { FixStep } from '../model/check.ts'
import type { HostId } from '../model/evidence.ts'

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

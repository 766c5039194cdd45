/** Who is a director: a keepalived package on a real server makes none. */
import { describe, expect, it } from 'vitest'
import { readCase } from '../check-tester.ts'

const DIRECTOR = {
  hostname: 'ds1',
  'ipvsadm -Ln': `
IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
TCP  192.168.10.100:80 rr
  -> 192.168.10.21:80             Route   1      0          0         `,
}
const SERVER = {
  hostname: 'rs1',
  'ip addr': `
2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc noqueue state UP group default qlen 1000
    link/ether 52:54:00:00:00:21 brd ff:ff:ff:ff:ff:ff
    inet 192.168.10.21/24 brd 192.168.10.255 scope global eth0
       valid_lft forever preferred_lft forever`,
}
const IDLE = '    PID COMMAND\n      1 systemd\n    811 nginx'
const RUNNING = '    PID COMMAND\n      1 systemd\n    811 keepalived'

function directorRole(isEnabled: string, processes: string | undefined): string | undefined {
  const rs1 = {
    ...SERVER,
    'systemctl is-enabled keepalived': isEnabled,
    ...(processes === undefined ? {} : { 'ps ax -o pid,comm': processes }),
  }
  const kase = readCase({ hosts: { ds1: DIRECTOR, rs1 } })
  return kase.hosts.find(({ id }) => id === 'rs1')?.roles.director.is
}

describe('a real server', () => {
  it('without a keepalived unit is no director', () => {
    const answer = 'Failed to get unit file state for keepalived.service: No such file or directory'
    expect(directorRole(answer, IDLE)).toBe('no')
    expect(directorRole(answer, undefined)).toBe('no')
  })

  it('whose package was enabled as it was installed, and which runs nothing, is no director', () => {
    expect(directorRole('enabled', IDLE)).toBe('no')
  })

  it('with an enabled unit is one as long as its processes are not known, or when the daemon runs', () => {
    expect(directorRole('enabled', undefined)).toBe('yes')
    expect(directorRole('enabled', RUNNING)).toBe('yes')
  })
})

import { describe, expect, it } from 'vitest'
import {
  allProcesses,
  compareReleases,
  KEEPALIVED,
  processesNamed,
  releaseOf,
} from '../../src/topology/keepalived-run.ts'
import { readCase } from '../check-tester.ts'

const hostOf = (outputs: Record<string, string>) => {
  const [host] = readCase({ hosts: { ds1: outputs } }).hosts
  if (!host) throw new Error('no host')
  return host
}

describe('compareReleases', () => {
  it.each([
    ['1.2.13', '1.3.2', -1],
    ['1.3.2', '1.3.2', 0],
    ['2.0', '2.0.0', 0],
    ['2.10.0', '2.9.9', 1],
  ])('%s and %s: %i', (a, b, order) => expect(compareReleases(a, b)).toBe(order))
})

describe('the last run', () => {
  it('is the one whose release counts', () => {
    const host = hostOf({
      'cat /var/log/messages': `Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v1.2.13 (03/19,2015)
Nov 20 13:30:13 ds1 Keepalived[9]: Starting Keepalived v2.2.7 (01/16,2022)`,
    })
    expect(releaseOf(host)).toBe('2.2.7')
  })
})

describe('processes', () => {
  const ps = `  PID TTY      STAT   TIME COMMAND
    1 ?        Ss     0:01 /sbin/init
  412 ?        Ss     0:00 /usr/sbin/keepalived -D
  413 ?        S      0:00 keepalived_vrrp
  500 pts/0    S+     0:00 vim /etc/keepalived/keepalived.conf
  501 pts/0    Z      0:00 [keepalived] <defunct>`

  it('are told by their program, not by what they mention', () => {
    expect(processesNamed(hostOf({ 'ps axww': ps }), KEEPALIVED).map(({ command }) => command)).toEqual([
      '/usr/sbin/keepalived -D',
      'keepalived_vrrp',
    ])
  })

  it('are all there only where the first one is, and nothing was filtered', () => {
    expect(allProcesses(hostOf({ 'ps axww': ps }))).toBeDefined()
    expect(allProcesses(hostOf({ 'ps axww | grep -v bash': ps }))).toBeUndefined()
    expect(allProcesses(hostOf({ 'ps axww': ps.replace(/^ +1 .*\n/m, '') }))).toBeUndefined()
  })
})

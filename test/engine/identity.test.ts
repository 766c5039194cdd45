/** Which texts are one machine: merging two directors hides a split brain, splitting one invents it. */
import { describe, expect, it } from 'vitest'
import { assemble } from '../../src/engine/assemble.ts'
import { createRedactor, readTranscript } from '../../src/transcript/index.ts'
import { ipAddr } from '../checks/support/cluster.ts'

const hostsOf = (texts: Readonly<Record<string, string>>): readonly string[] => {
  const redactor = createRedactor()
  const transcripts = Object.entries(texts).map(([name, text]) =>
    readTranscript(new TextEncoder().encode(text), { name, redactor }),
  )
  return assemble(transcripts).hosts.map((host) => host.id)
}

const addr = (mac: string, ip: string): string => ipAddr([{ name: 'eth0', mac, addresses: [`${ip}/24`] }])
const session = (host: string, output: string): string => `[root@${host} ~]# ip addr\n${output}\n[root@${host} ~]# \n`
const ONE = addr('52:54:00:00:00:11', '10.0.0.11')
const TWO = addr('52:54:00:00:00:12', '10.0.0.12')

describe('host identity', () => {
  it('one host in two files is one host', () => {
    expect(hostsOf({ 'before.txt': session('ds1', ONE), 'after.txt': session('ds1', ONE) })).toEqual(['ds1'])
  })

  it('two nodes that are both called localhost stay two, named by their files', () => {
    expect(hostsOf({ 'lb1.txt': session('localhost', ONE), 'lb2.txt': session('localhost', TWO) })).toEqual([
      'lb1',
      'lb2',
    ])
  })

  it('one name and other MAC addresses: two machines', () => {
    expect(hostsOf({ 'a.txt': session('lvs', ONE), 'b.txt': session('lvs', TWO) })).toEqual(['lvs', 'lvs(2)'])
  })

  it('a bare output belongs to the host its file is named after', () => {
    expect(hostsOf({ 'ds1.txt': ONE })).toEqual(['ds1'])
  })

  it('a file named like a host in it is that host', () => {
    expect(hostsOf({ 'ds1.txt': session('ds1', ONE), 'ds2.txt': session('ds2', TWO) })).toEqual(['ds1', 'ds2'])
  })

  it('several hosts in one text', () => {
    expect(hostsOf({ 'all.txt': session('ds1', ONE) + session('ds2', TWO) })).toEqual(['ds1', 'ds2'])
  })

  it('a quoted piece of log belongs to the host it names', () => {
    const log = 'Jul  3 01:11:22 ds1 Keepalived_vrrp[3431]: VRRP_Instance(VI_1) Entering MASTER STATE'
    expect(hostsOf({ 'notes.md': `~~~\n${session('ds1', ONE)}~~~\n\n~~~\n${log}\n~~~\n` })).toEqual(['ds1'])
  })
})

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

  it('the full name and the short one are one machine', () => {
    expect(hostsOf({ 'a.txt': session('ds1', ONE), 'b.txt': session('ds1.example.com', ONE) })).toEqual(['ds1'])
  })

  it('two machines of one short name in two domains stay two, and so does the short name', () => {
    const texts = {
      'a.txt': session('lb', ONE),
      'b.txt': session('lb.a.example', ONE),
      'c.txt': session('lb.b.example', TWO),
    }
    expect(hostsOf(texts)).toEqual(['lb', 'lb.a.example', 'lb.b.example'])
  })

  it('ssh to the address of a host that has a name too', () => {
    const ssh = `[root@admin ~]# ssh 10.0.0.11 ip addr\n${ONE}\n[root@admin ~]# \n`
    expect(hostsOf({ 'a.txt': session('ds1', ONE) + session('ds2', TWO) + ssh })).toEqual(['ds1', 'ds2'])
  })

  it('bare outputs in files of their own belong to the host whose cards they show', () => {
    expect(hostsOf({ 'a.txt': session('ds1', ONE), 'later.txt': ONE })).toEqual(['ds1'])
    expect(hostsOf({ 'before.txt': ONE, 'after.txt': ONE })).toEqual(['before'])
  })

  it('different names are different machines, whatever their cards say', () => {
    expect(hostsOf({ 'a.txt': session('ds1', ONE), 'b.txt': session('ds2', ONE) })).toEqual(['ds1', 'ds2'])
  })

  it('the card that every guest of VirtualBox has tells nothing', () => {
    const guest = addr('52:54:00:c9:c7:04', '10.0.2.15')
    expect(hostsOf({ 'rs1.txt': guest, 'rs2.txt': guest })).toEqual(['rs1', 'rs2'])
  })
})

describe('several machines under one name in one text', () => {
  const readAll = (name: string, text: string) =>
    assemble([readTranscript(new TextEncoder().encode(text), { name, redactor: createRedactor() })])

  it('their outputs are not put together', () => {
    const [host, ...others] = readAll('all.txt', session('localhost', ONE) + session('localhost', TWO)).hosts
    expect(others).toEqual([])
    expect(host?.mixed).toBe(true)
    expect(host?.facts.links.state).toBe('missing')
  })

  it('nor without any prompt', () => {
    const [host] = readAll(
      'notes.txt',
      `$ hostname\nds1\n$ ip rule\n0:\tfrom all lookup local\n$ hostname\nds2\n`,
    ).hosts
    expect(host?.mixed).toBe(true)
    expect(host?.facts.policyRules.state).toBe('missing')
  })

  it('two looks at one machine are not mixed', () => {
    const [host] = readAll('all.txt', session('localhost', ONE) + session('localhost', ONE)).hosts
    expect(host?.mixed).toBeUndefined()
    expect(host?.facts.links.state).toBe('known')
  })
})

import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { ipvsadm } from '../../src/parsers/ipvsadm.ts'
import { ipvsadmConn } from '../../src/parsers/ipvsadm-conn.ts'
import { ipvsadmSave } from '../../src/parsers/ipvsadm-save.ts'
import { ipvsadmStats } from '../../src/parsers/ipvsadm-stats.ts'
import { sectionOf } from './section.ts'

const HEADER = `IP Virtual Server version 1.2.1 (size=4096)
Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn
`
const table = (text: string) => ipvsadm.parse(sectionOf(HEADER + text))

describe('ipvsadm -Ln', () => {
  it('knows an empty table from no table', () => {
    expect(table('').value.services).toEqual([])
    expect(() => ipvsadm.parse(sectionOf(''))).toThrow(NotUnderstood)
    expect(() => ipvsadm.parse(sectionOf("Can't initialize ipvs: Protocol not available"))).toThrow(NotUnderstood)
  })

  it('is not an empty table when no service can be read', () => {
    expect(() => table('TCP  www.example.com:http rr')).toThrow(NotUnderstood)
  })

  it('reads what stands behind the scheduler', () => {
    expect(table('FWM  8 IPv6 wlc persistent 300 mask 64').value.services[0]).toMatchObject({
      fwmark: 8,
      scheduler: 'wlc',
      persistent: 300,
      flags: ['mask 64'],
    })
    expect(table('UDP  10.0.0.1:53 rr ops').value.services[0]).toMatchObject({ flags: ['ops'] })
  })

  it('keeps a server of an unreadable service out of the one before', () => {
    const text = 'TCP  10.0.0.1:80 rr\nTCP  www:http rr\n  -> 10.0.0.21:80  Route   1      0          6'
    const { value, unread } = table(text)
    expect(value.services.map((service) => service.servers)).toEqual([[]])
    expect(unread.map((line) => line.at.line)).toEqual([5, 6])
  })

  it.each([
    '-> 10.0.0.21:80 Route x 0 0',
    '-> 10.0.0.21:80 Route 1',
    '-> 10.0.0.21:99999 Route 1 0 0',
    '-> a:80 Route 1 0 0',
  ])('leaves %j unread', (line) => {
    expect(table(`TCP  10.0.0.1:80 rr\n  ${line}`).unread).toHaveLength(1)
  })

  it('does not take ticks of the kernel for seconds', () => {
    const text = `Prot LocalAddress:Port Scheduler Flags
  -> RemoteAddress:Port Forward Weight ActiveConn InActConn
TCP  0A000001:01BB wrr  persistent 5000 FFFFFFFF`
    const { value, unread } = ipvsadm.parse(sectionOf(text, { command: 'cat /proc/net/ip_vs' }))
    expect(value.services[0]).toMatchObject({ vip: '10.0.0.1', port: 443, flags: ['persistent'] })
    expect(value.services[0]).not.toHaveProperty('persistent')
    expect(unread).toHaveLength(1)
  })
})

describe('ipvsadm -Sn', () => {
  const save = (text: string) => ipvsadmSave.parse(sectionOf(text))

  it('reads long options as well', () => {
    const text =
      '--add-service --tcp-service 10.0.0.1:80 --scheduler rr --persistent\n-a -t 10.0.0.1:80 -r 10.0.0.21:80 --ipip --weight 2'
    expect(save(text).value.services[0]).toMatchObject({
      persistent: 360,
      servers: [{ ip: '10.0.0.21', forward: 'Tunnel', weight: 2 }],
    })
  })

  it('tells the mark of IPv4 from the same mark of IPv6', () => {
    const text = '-A -f 8 -s rr\n-A -f 8 -6 -s lc\n-a -f 8 -6 -r [2001:db8::21]:0 -m -w 1'
    expect(save(text).value.services.map((service) => service.servers.length)).toEqual([0, 1])
  })

  it('leaves a server without its service unread', () => {
    const { unread } = save('-A -t 10.0.0.1:80 -s rr\n-a -t 10.0.0.2:80 -r 10.0.0.21:80 -g -w 1')
    expect(unread.map((line) => line.at.line)).toEqual([2])
  })

  it.each([
    '',
    '-a -t 10.0.0.1:80 -r 10.0.0.21:80 -g -w 1',
    '-A -t 10.0.0.1:80',
    '-A -a -t 10.0.0.1:80 -s rr',
    '-A -t :80 -s rr',
  ])('is not understood: %j', (text) => {
    expect(() => save(text)).toThrow(NotUnderstood)
  })
})

describe('ipvsadm -Ln --stats', () => {
  const text = (columns: string) => `Prot LocalAddress:Port               ${columns}
  -> RemoteAddress:Port
TCP  10.0.0.1:80  1 2 3 4K 5M`

  it('multiplies rounded numbers out', () => {
    const { value } = ipvsadmStats.parse(sectionOf(text('Conns   InPkts  OutPkts  InBytes OutBytes')))
    expect(value.services[0]?.totals).toEqual({ conns: 1, inPkts: 2, outPkts: 3, inBytes: 4000, outBytes: 5_000_000 })
  })

  it('does not take rates for totals', () => {
    expect(() => ipvsadmStats.parse(sectionOf(text('CPS    InPPS   OutPPS    InBPS   OutBPS')))).toThrow(NotUnderstood)
    expect(() => ipvsadm.parse(sectionOf(text('Conns   InPkts  OutPkts  InBytes OutBytes')))).toThrow(NotUnderstood)
  })
})

describe('ipvsadm -Lnc', () => {
  it('reads the template of a firewall mark', () => {
    const line = 'IP  04:59  NONE        172.16.0.10:0      0.0.0.8:0          10.0.0.21:0'
    expect(ipvsadmConn.parse(sectionOf(line)).value.conns[0]).toMatchObject({
      protocol: 'ip',
      state: 'NONE',
      virtual: { ip: '0.0.0.8', port: 0 },
    })
  })

  it('leaves host names unread', () => {
    const lines =
      'IPVS connection entries\nTCP 00:01 CLOSE 10.0.0.9:1 10.0.0.1:80 10.0.0.21:80\nTCP 00:01 CLOSE a:x b:http c:http'
    expect(ipvsadmConn.parse(sectionOf(lines)).unread.map((line) => line.at.line)).toEqual([3])
  })
})

import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { nstat } from '../../src/parsers/nstat.ts'
import { sectionOf } from './section.ts'

const read = (text: string) => nstat.parse(sectionOf(text))
const values = (text: string) =>
  Object.fromEntries([...read(text).value.counters].map(([name, { value }]) => [name, value]))

describe('nstat', () => {
  it('reads counters with and without the first line', () => {
    expect(values('#kernel\nIpInDiscards                    3                  0.0')).toEqual({ IpInDiscards: 3 })
    expect(values('TcpExtIPReversePathFilter       38                 0.5')).toEqual({ TcpExtIPReversePathFilter: 38 })
  })

  it('puts the names of /proc/net/netstat and their numbers together', () => {
    expect(values('TcpExt: SyncookiesSent IPReversePathFilter\nTcpExt: 0 38')).toEqual({
      TcpExtSyncookiesSent: 0,
      TcpExtIPReversePathFilter: 38,
    })
  })

  it('does not shift numbers when one is missing', () => {
    const text = 'IpInDiscards 3 0.0\nTcpExt: SyncookiesSent IPReversePathFilter\nTcpExt: 38'
    expect(values(text)).toEqual({ IpInDiscards: 3 })
    expect(read(text).unread.map((line) => line.at.line)).toEqual([3])
  })

  it('takes -1, no limit, for no counter', () => {
    expect(values('Tcp: MaxConn ActiveOpens\nTcp: -1 5')).toEqual({ TcpActiveOpens: 5 })
  })

  it.each(['', '#kernel', 'IpInDiscards x 0.0', 'IpInDiscards 1', 'TcpExt: A B'])('is not understood: %j', (text) => {
    expect(() => read(text)).toThrow(NotUnderstood)
  })
})

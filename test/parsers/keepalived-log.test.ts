import { describe, expect, it } from 'vitest'
import { NotUnderstood } from '../../src/model/errors.ts'
import { keepalivedLog } from '../../src/parsers/keepalived-log.ts'
import { plain, sectionOf } from './section.ts'

const read = (...lines: string[]) => keepalivedLog.parse(sectionOf(lines.join('\n')))
const entries = (...lines: string[]) => plain(read(...lines).value.entries)
/** The event of a message, in a syslog line around it. */
const event = (message: string) => read(`Nov 20 13:39:01 ds1 Keepalived_vrrp[7]: ${message}`).value.entries[0]?.event

describe('the line around the message', () => {
  const said = { text: '(VI_1) sent 0 priority', at: 1 }

  it.each([
    [
      'Nov 20 13:39:01 ds1 Keepalived_vrrp[7]: ',
      { time: 'Nov 20 13:39:01', host: 'ds1', process: 'Keepalived_vrrp', pid: 7 },
    ],
    ['Jul  3 00:13:38 ds2 Keepalived[17]: ', { time: 'Jul  3 00:13:38', host: 'ds2', process: 'Keepalived', pid: 17 }],
    ['<30>Nov 20 13:39:01 ds1 keepalived: ', { time: 'Nov 20 13:39:01', host: 'ds1', process: 'keepalived' }],
    ['2026-11-20T13:39:01.123456+00:00 ds1 Keepalived_vrrp[7]: ', { time: '2026-11-20T13:39:01.123456+00:00' }],
    ['2026-11-20T13:39:01+0100 ds1 Keepalived_vrrp[7]: ', { time: '2026-11-20T13:39:01+0100' }],
    ['Fri 2026-11-20 13:39:01 UTC ds1 Keepalived_vrrp[7]: ', { time: 'Fri 2026-11-20 13:39:01 UTC', host: 'ds1' }],
    ['Fri Nov 20 13:39:01 2026: ', { time: 'Fri Nov 20 13:39:01 2026' }],
    ['Fri Nov 20 13:39:01.123456789 2026: ', { time: 'Fri Nov 20 13:39:01.123456789 2026' }],
    ['/var/log/messages-20261120:Nov 20 13:39:01 ds1 Keepalived_vrrp[7]: ', { time: 'Nov 20 13:39:01' }],
    ['812:Nov 20 13:39:01 ds1 Keepalived_vrrp[7]: ', { time: 'Nov 20 13:39:01' }],
    ['', {}],
  ])('%s', (prefix, parts) => {
    expect(entries(`${prefix}${said.text}`)).toMatchObject([{ ...said, ...parts }])
  })

  it('of another program is no entry and nothing unread', () => {
    const reading = read(
      'Nov 20 13:39:01 ds1 systemd[1]: keepalived.service: Main process exited, code=exited, status=1/FAILURE',
      'Nov 20 13:39:01 ds1 kernel: IPVS: [rr] scheduler registered.',
      'Nov 20 13:39:01 ds1 sshd(pam_unix)[12]: session opened',
    )
    expect(reading.value.entries).toEqual([])
    expect(reading.unread).toEqual([])
  })

  it('is decoration in a journal or a status', () => {
    const reading = read(
      '-- Logs begin at Tue 2018-07-03 00:00:01 UTC, end at Tue 2018-07-03 01:00:00 UTC. --',
      '● keepalived.service - LVS and VRRP High Availability Monitor',
      '   Active: active (running) since Tue 2018-07-03 00:13:38 UTC; 7s ago',
      '           ├─3416 /usr/sbin/keepalived -D',
      'Jul 03 00:13:42 ds2 Keepalived_vrrp[3418]: VRRP_Instance(VI_1) Entering BACKUP STATE',
      'Hint: Some lines were ellipsized, use -l to show in full.',
    )
    expect(reading.unread).toEqual([])
    expect(reading.value.entries).toHaveLength(1)
  })

  it('may fold equal messages', () => {
    const line =
      'Nov 20 13:39:01 ds1 Keepalived_vrrp[7]: message repeated 4 times: [ (VI_1) received an invalid passwd!]'
    expect(entries(line)).toMatchObject([{ event: { kind: 'auth-refused', instance: 'VI_1' } }])
  })

  it('that is none is unread; a text of such lines is not understood', () => {
    expect(plain(read('(VI_1) sent 0 priority', 'hello').unread)).toEqual([{ at: 2, text: 'hello' }])
    for (const text of ['', 'hello', '● keepalived.service - x', '-- No entries --', '10.0.0.1 dev eth0'])
      expect(() => read(text)).toThrow(NotUnderstood)
  })
})

describe('a message cut by systemctl', () => {
  it.each([
    ['VRRP_Instance(VI_1) Entering MAST...E', true, { kind: 'state', instance: 'VI_1', state: 'MASTER' }],
    ['VRRP_Instance(VI_1) Entering B…E', true, { kind: 'state', instance: 'VI_1', state: 'BACKUP' }],
    ['VRRP_Instance(VI_1) Transition to...E', true, { kind: 'advert-timeout', instance: 'VI_1' }],
    ['Sending gratuitous ARP on eth1 fo...4', true, { kind: 'garp', interface: 'eth1' }],
    ['Sending gratuitous ARP on eth1 for 192.16...4', true, { kind: 'garp', interface: 'eth1' }],
    ['VRRP_Instance(VI_1) Enterin...E', true, undefined],
    ['Activating healthchecker...', false, undefined],
  ])('%s', (message, ellipsized, expected) => {
    const [entry] = read(`Jul 03 00:13:43 ds2 Keepalived_vrrp[3418]: ${message}`).value.entries
    expect(entry?.ellipsized).toBe(ellipsized)
    expect(entry?.event).toEqual(expected)
  })
})

describe('wordings of all releases', () => {
  const VI_1 = { instance: 'VI_1' }
  const lower = { kind: 'lower-priority-advert', ...VI_1 }
  const higher = { kind: 'higher-priority-advert', ...VI_1 }
  const rs = { ip: '10.0.0.21', port: 80 }
  const vs = { ip: '10.0.0.1', port: 80 }

  it.each([
    ['(VI_1) Entering MASTER STATE', { kind: 'state', ...VI_1, state: 'MASTER' }],
    ['(VI_1) Entering BACKUP STATE (init)', { kind: 'state', ...VI_1, state: 'BACKUP' }],
    ['VRRP_Instance(VI_1) Now in FAULT state', { kind: 'state', ...VI_1, state: 'FAULT' }],
    ['(VI_1): entering FAULT state (src address not configured)', { kind: 'state', ...VI_1, state: 'FAULT' }],
    ['(VI_1) Receive advertisement timeout', { kind: 'advert-timeout', ...VI_1 }],
    ['VRRP_Instance(VI_1) Transition to MASTER STATE', { kind: 'advert-timeout', ...VI_1 }],
    [
      '(VI_1) Received advert from 10.0.0.12 with lower priority 90, ours 100, forcing new election',
      { ...lower, from: '10.0.0.12', priority: 90 },
    ],
    [
      'VRRP_Instance(VI_1) Received advert with lower priority 90, ours 100, forcing new election',
      { ...lower, priority: 90 },
    ],
    ['VRRP_Instance(VI_1) Received lower prio advert, forcing new election', lower],
    ['(VI_1) Received lower priority advert, forcing new election', lower],
    [
      '(VI_1) Master received advert from 10.0.0.11 with higher priority 100, ours 90',
      { ...higher, from: '10.0.0.11', priority: 100 },
    ],
    ['VRRP_Instance(VI_1) Received advert with higher priority 100, ours 90', { ...higher, priority: 100 }],
    ['VRRP_Instance(VI_1) Received higher prio advert', higher],
    [
      '(VI_1): send advert error 1 (Operation not permitted)',
      { kind: 'send-failed', ...VI_1, reason: 'Operation not permitted' },
    ],
    [
      'VRRP_Instance(VI_1) Cant send advert to 10.0.0.12 (Network is unreachable)',
      { kind: 'send-failed', ...VI_1, reason: 'Network is unreachable' },
    ],
    ['(VI_1): received an invalid passwd!', { kind: 'auth-refused', ...VI_1, reason: 'received an invalid passwd!' }],
    ['receive an invalid passwd!', { kind: 'auth-refused', reason: 'receive an invalid passwd!' }],
    [
      '(VI_1) received a 0 auth, expecting 1!',
      { kind: 'auth-refused', ...VI_1, reason: 'received a 0 auth, expecting 1!' },
    ],
    [
      '(VI_1) wrong version. Received 3 and expect 2',
      { kind: 'version-refused', ...VI_1, reason: 'wrong version. Received 3 and expect 2' },
    ],
    [
      '(VI_1): invalid version. 3 and expect 2',
      { kind: 'version-refused', ...VI_1, reason: 'invalid version. 3 and expect 2' },
    ],
    [
      "(VI_1) advertisement interval mismatch mine=2 sec rcv'd=1 sec",
      { kind: 'interval-refused', ...VI_1, reason: "advertisement interval mismatch mine=2 sec rcv'd=1 sec" },
    ],
    [
      '(VI_1) received an unexpected ip number count 1, expected 2!',
      { kind: 'vips-refused', ...VI_1, reason: 'received an unexpected ip number count 1, expected 2!' },
    ],
    [
      '(VI_1) ip address associated with VRID 51 not present in MASTER advert: 10.0.0.201',
      {
        kind: 'vips-refused',
        ...VI_1,
        reason: 'ip address associated with VRID 51 not present in MASTER advert: 10.0.0.201',
      },
    ],
    ['Sending gratuitous ARP on eth0 for 10.0.0.200', { kind: 'garp', interface: 'eth0', ip: '10.0.0.200' }],
    [
      '(VI_1) Sending/queueing gratuitous ARPs on eth0 for 10.0.0.200',
      { kind: 'garp', interface: 'eth0', ip: '10.0.0.200' },
    ],
    [
      'Sending unsolicited Neighbour Advert on eth0 for 2001:db8::1',
      { kind: 'garp', interface: 'eth0', ip: '2001:db8::1' },
    ],
    ['(VI_1) sent 0 priority', { kind: 'stop-signal', ...VI_1 }],
    [
      "Configuration file '/etc/keepalived/keepalived.conf' is not a regular non-executable file - skipping",
      { kind: 'conf-skipped', path: '/etc/keepalived/keepalived.conf' },
    ],
    [
      "Config files missing '/etc/keepalived/keepalived.conf'.",
      { kind: 'conf-missing', path: '/etc/keepalived/keepalived.conf' },
    ],
    [
      'Unable to find configuration file /etc/keepalived/keepalived.conf (glob returned 3)',
      { kind: 'conf-missing', path: '/etc/keepalived/keepalived.conf' },
    ],
    ["(Line 12) Unknown keyword 'virtual'", { kind: 'unknown-keyword', word: 'virtual', line: 12 }],
    [
      "(/etc/keepalived/a.conf: Line 3) Unknown keyword '}'",
      { kind: 'unknown-keyword', word: '}', path: '/etc/keepalived/a.conf', line: 3 },
    ],
    ["Unknown keyword 'nb_get_retry'", { kind: 'unknown-keyword', word: 'nb_get_retry' }],
    ['(VI_1) No VIP specified; at least one is sensible', { kind: 'no-vip', ...VI_1 }],
    ['(VI_1): No VIP specified; at least one is required', { kind: 'no-vip', ...VI_1 }],
    ['Cant find interface eth9 for vrrp_instance VI_1 !!!', { kind: 'interface-missing', interface: 'eth9', ...VI_1 }],
    [
      "(Line 57) WARNING - interface eth9 for vrrp_instance VI_1 doesn't exist",
      { kind: 'interface-missing', interface: 'eth9', ...VI_1 },
    ],
    ['(Line 18) Truncating auth_pass to 8 characters', { kind: 'auth-truncated' }],
    [
      'TCP connection to [10.0.0.21]:80 failed.',
      { kind: 'check-failed', server: rs, reason: 'TCP connection to [10.0.0.21]:80 failed.' },
    ],
    [
      'TCP connection to [10.0.0.21]:tcp:80 timeout.',
      { kind: 'check-failed', server: rs, reason: 'TCP connection to [10.0.0.21]:tcp:80 timeout.' },
    ],
    [
      'TCP connection to [10.0.0.21]:80 failed !!!',
      { kind: 'check-failed', server: rs, reason: 'TCP connection to [10.0.0.21]:80 failed !!!' },
    ],
    [
      'TCP connection to [10.0.0.21]:tcp:80 success.',
      { kind: 'check-succeeded', server: rs, reason: 'TCP connection to [10.0.0.21]:tcp:80 success.' },
    ],
    [
      'Check on service [10.0.0.21]:tcp:80 failed after 1 retry.',
      { kind: 'check-failed', server: rs, reason: 'Check on service [10.0.0.21]:tcp:80 failed after 1 retry.' },
    ],
    [
      'HTTP status code error to [10.0.0.21]:tcp:80 url(/), status_code [404].',
      {
        kind: 'check-failed',
        server: rs,
        reason: 'HTTP status code error to [10.0.0.21]:tcp:80 url(/), status_code [404].',
      },
    ],
    [
      'Error connecting server [10.0.0.21]:80.',
      { kind: 'check-failed', server: rs, reason: 'Error connecting server [10.0.0.21]:80.' },
    ],
    [
      'Timeout connect, timeout server [10.0.0.21]:80.',
      { kind: 'check-failed', server: rs, reason: 'Timeout connect, timeout server [10.0.0.21]:80.' },
    ],
    [
      'Remote Web server [10.0.0.21]:tcp:80 succeed on service.',
      { kind: 'check-succeeded', server: rs, reason: 'Remote Web server [10.0.0.21]:tcp:80 succeed on service.' },
    ],
    ['Removing service [10.0.0.21]:80 from VS [10.0.0.1]:80', { kind: 'server-removed', server: rs, service: vs }],
    [
      'Disabling service [10.0.0.21]:tcp:80 of VS [10.0.0.1]:tcp:80',
      { kind: 'server-removed', server: rs, service: vs },
    ],
    ['Adding service [10.0.0.21]:tcp:80 to VS FWM 8', { kind: 'server-added', server: rs }],
    [
      "WARNING - virtual server [10.0.0.1]:tcp:80 and real server [10.0.0.21]:tcp:81 ports don't match - resetting",
      {
        kind: 'port-reset',
        reason:
          "WARNING - virtual server [10.0.0.1]:tcp:80 and real server [10.0.0.21]:tcp:81 ports don't match - resetting",
      },
    ],
    ['Starting Keepalived v2.2.7 (01/16,2022)', { kind: 'started', version: '2.2.7' }],
    ['Stopping Keepalived v1.2.13 (05/28,2014)', { kind: 'stopped', version: '1.2.13' }],
    [
      '(VI_1) track script nope not found, ignoring...',
      { kind: 'error', reason: '(VI_1) track script nope not found, ignoring...' },
    ],
    [
      "IPVS: Can't initialize ipvs: Protocol not available",
      { kind: 'error', reason: "IPVS: Can't initialize ipvs: Protocol not available" },
    ],
    [
      'bind unicast_src 10.0.0.9 failed 99 - Cannot assign requested address',
      { kind: 'error', reason: 'bind unicast_src 10.0.0.9 failed 99 - Cannot assign requested address' },
    ],
    ['Script `c` now returning 127', { kind: 'error', reason: 'Script `c` now returning 127' }],
    [
      'A thread timer expired 3.000123 seconds ago',
      { kind: 'error', reason: 'A thread timer expired 3.000123 seconds ago' },
    ],
    ['daemon is already running', { kind: 'error', reason: 'daemon is already running' }],
  ])('%s', (message, expected) => {
    expect(event(message)).toEqual(expected)
  })

  it.each([
    'Script `c` now returning 0',
    '(VI_1) received lower priority (90) advert from 10.0.0.12 - discarding',
    'Shutting down service [10.0.0.21]:tcp:80 from VS [10.0.0.1]:tcp:80',
    'Registering Kernel netlink reflector',
    'Stopping',
    "Opening file '/etc/keepalived/keepalived.conf'.",
  ])('%s is a line of every healthy start or stop, and no event', (message) => {
    expect(event(message)).toBeUndefined()
  })
})

describe('hostile text', () => {
  it.each([
    ['long lines', `Nov 20 13:39:01 ds1 Keepalived_vrrp[7]: ${'(VI_1) '.repeat(100_000)}`],
    ['long words', `Nov 20 13:39:01 ds1 ${'K'.repeat(1_000_000)}`],
    ['many lines', 'Nov 20 13:39:01 ds1 Keepalived_vrrp[7]: (VI_1) Timeout a, b server\n'.repeat(50_000)],
    ['dots', `Nov 20 13:39:01 ds1 Keepalived[1]: ${'.'.repeat(500_000)}`],
    ['blanks', `Nov 20 13:39:01 ds1 Keepalived[1]: x\n${' '.repeat(500_000)}x`],
  ])('%s are read in linear time', (_what, text) => {
    const start = performance.now()
    expect(read(text).value.entries.length).toBeGreaterThanOrEqual(0)
    expect(performance.now() - start).toBeLessThan(3_000)
  })
})

describe('faults of the configuration that 2.2.7 tells at its start', () => {
  it.each([
    'VI_1 and VI_2 both use VRID 51 with IPv4 on interface eth0',
    '(VI_1) duplicate VRID conflict with VI_2 VRID 51',
    '(VI_1) ignoring tracked script chk with weights due to SYNC group',
    '(VI_1) ignoring tracked script chk with weights due to address_owner',
    '(VI_1) ignoring eth1 tracked interface weight due to SYNC group',
    '(VI_1) A unicast keyword has been specified without any unicast peers. Defaulting to multicast. This usage is deprecated - please update your configuration.',
  ])('%s', (message) => expect(event(message)).toEqual({ kind: 'error', reason: message }))
})

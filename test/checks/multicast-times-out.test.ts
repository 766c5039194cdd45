import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { CONF, LOG } from './support/scripts.ts'

/** Lines at seconds after noon. */
const at = (seconds: number, message: string, process = 'Keepalived_vrrp[5]') => {
  const two = (n: number) => `${Math.floor(n)}`.padStart(2, '0')
  return `Nov 20 ${two(12 + seconds / 3600)}:${two((seconds / 60) % 60)}:${two(seconds % 60)} ds2 ${process}: ${message}`
}
const STARTED = at(0, 'Starting Keepalived v2.2.7 (01/16,2022)', 'Keepalived[3]')
const INIT = at(1, '(VI_1) Entering BACKUP STATE (init)')
const backup = (t: number) => at(t, '(VI_1) Entering BACKUP STATE')
const master = (t: number) =>
  `${at(t, '(VI_1) Receive advertisement timeout')}\n${at(t, '(VI_1) Entering MASTER STATE')}`
/** BACKUP for so many seconds, then MASTER for two. */
const flaps = (waits: readonly number[]) => {
  let now = 10
  return waits
    .map((wait) => {
      const lines = `${backup(now)}\n${master(now + wait)}`
      now += wait + 2
      return lines
    })
    .join('\n')
}
const regular = `${STARTED}\n${INIT}\n${flaps([302, 301, 302, 303])}`
const unicast = conf({ instance: '    unicast_src_ip 192.168.10.12\n    unicast_peer {\n        192.168.10.11\n    }' })
const ds2 = (log: string, text: string | null = conf()) => ({
  ds2: { ...(text === null ? {} : { [CONF]: text }), [LOG]: log },
})

testCheck('multicast-times-out', {
  fail: [
    {
      name: 'MASTER 302 s after each BACKUP',
      hosts: ds2(regular),
      claims: [
        {
          message: 'same-wait',
          data: { host: 'ds2', instance: 'VI_1', times: 4, seconds: 302 },
          lines: [backup(10 + 304), at(10 + 304 + 301, '(VI_1) Entering MASTER STATE')],
          hosts: ['ds2'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
  ],
  pass: [
    { name: 'nothing has happened since the start', hosts: ds2(`${STARTED}\n${INIT}`) },
    { name: 'takes over, but at no regular time', hosts: ds2(`${STARTED}\n${INIT}\n${flaps([302, 95, 700, 1500])}`) },
    { name: 'twice is a coincidence', hosts: ds2(`${STARTED}\n${INIT}\n${flaps([302, 302])}`) },
    { name: 'every few seconds is another fault', hosts: ds2(`${STARTED}\n${INIT}\n${flaps([4, 4, 4, 4])}`) },
    {
      name: 'the MASTER gives it up, nothing timed out',
      hosts: ds2(
        regular.replaceAll(
          'Receive advertisement timeout',
          'received lower priority (0) advert from 192.168.10.11 - discarding',
        ),
      ),
    },
  ],
  notApplicable: [{ name: 'unicast', hosts: ds2(regular, unicast), reason: 'unicast' }],
  undecided: [
    { name: 'multicast or unicast?', hosts: ds2(regular, null), reason: 'mode-unseen' },
    { name: 'the start is not in the log', hosts: ds2(INIT), reason: 'log-part' },
  ],
})

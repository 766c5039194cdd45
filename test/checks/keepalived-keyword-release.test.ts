import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const CONF = 'cat /etc/keepalived/keepalived.conf'
const started = (version: string) => ({
  'cat /var/log/messages': `Nov 20 13:24:13 ds1 Keepalived[3]: Starting Keepalived v${version} (01/16,2022)`,
})
const PROCESS = conf({ before: 'vrrp_track_process web {\n    process nginx\n}' })
const onDs1 = (text: string, version?: string) => ({
  ds1: { [CONF]: text, ...(version === undefined ? {} : started(version)) },
})

testCheck('keepalived-keyword-release', {
  fail: [
    {
      name: 'a block that the installed release does not know yet',
      hosts: onDs1(PROCESS, '1.3.5'),
      claims: [
        {
          message: 'unknown',
          data: { host: 'ds1', word: 'vrrp_track_process', release: '1.3.5', known: 'since 2.0.11' },
          lines: ['vrrp_track_process web {'],
          hosts: ['ds1'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'a keyword that was given up long ago',
      hosts: onDs1(conf({ virtual: '    nat_mask 255.255.255.0' }), '2.2.7'),
      claims: [
        { message: 'unknown', data: { word: 'nat_mask', known: 'up to 1.2.19' }, lines: ['nat_mask 255.255.255.0'] },
      ],
    },
    {
      name: 'which release is installed is not known: told for which it is',
      hosts: onDs1(PROCESS),
      claims: [
        {
          message: 'needs',
          data: { since: '2.0.11', until: '', words: 'vrrp_track_process' },
          lines: ['vrrp_track_process web {'],
          severity: 'note',
        },
      ],
    },
  ],
  pass: [{ name: 'the installed release knows it', hosts: onDs1(PROCESS, '2.2.7') }],
  notApplicable: [{ name: 'keywords that every release knows', hosts: onDs1(conf()), reason: 'every-release' }],
  undecided: [
    {
      name: 'a file that is included was not seen',
      hosts: onDs1(`include more.conf\n${conf()}`),
      reason: 'incomplete',
    },
  ],
})

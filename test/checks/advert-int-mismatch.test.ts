import { testCheck } from '../check-tester.ts'
import { conf, dr } from './support/cluster.ts'
import {
  adverts,
  backup,
  CAPTURE,
  CONF,
  captured,
  healthyPair,
  inState,
  LOG,
  openPairs,
  pair,
  said,
  started,
  strangers,
} from './support/pairs.ts'

const every = (seconds: string, text: string) => text.replace('advert_int 1', `advert_int ${seconds}`)
const v3 = { before: 'global_defs {\n    vrrp_version 3\n}' }
const REFUSED = said('ds2', "(VI_1) advertisement interval mismatch mine=2 sec rcv'd=1 sec", 27)
const OLD = said('ds2', 'VRRP_Instance(VI_1): advertisement interval mismatch mine=2 sec rcved=1 sec', 27)

testCheck('advert-int-mismatch', {
  fail: [
    {
      name: '1 s and 2 s in version 2',
      hosts: pair(conf(), every('2', conf(backup))),
      claims: [
        {
          message: 'differs',
          data: { instance: 'VI_1', a: 'ds1', b: 'ds2', intervalA: 1, intervalB: 2, latent: false },
          lines: ['advert_int 1', 'advert_int 2'],
          hosts: ['ds1', 'ds2'],
          severity: 'critical',
          proof: 'inferred',
        },
      ],
    },
    {
      name: 'none written means 1 s',
      hosts: pair(conf().replace('    advert_int 1\n', ''), every('3', conf(backup))),
      claims: [
        { message: 'differs', data: { intervalA: 1, intervalB: 3 }, lines: ['vrrp_instance VI_1 {', 'advert_int 3'] },
      ],
    },
    {
      name: 'the log says so: direct proof, although both are MASTER for now only by their logs',
      hosts: pair(conf(), every('2', conf(backup)), {}, inState('ds2', 'MASTER', REFUSED)),
      claims: [
        { message: 'differs', data: {}, lines: ['advert_int 2', REFUSED], proof: 'direct', severity: 'critical' },
      ],
    },
    {
      name: 'one MASTER and one BACKUP by their logs: it bites at the next reload',
      hosts: pair(conf(), every('2', conf(backup)), inState('ds1', 'MASTER'), inState('ds2', 'BACKUP')),
      claims: [{ message: 'differs', data: { latent: true }, lines: ['advert_int 2'], severity: 'warning' }],
    },
    {
      name: 'the backup hears the master and sends nothing itself: the running daemons agree',
      hosts: {
        ds1: dr.ds1,
        ds2: { ...dr.ds2, [CONF]: every('2', conf(backup)), [CAPTURE]: captured(adverts('192.168.10.11')) },
      },
      claims: [{ message: 'differs', data: { latent: true }, lines: ['advert_int 2'], severity: 'warning' }],
    },
    {
      name: 'the log of one node is enough',
      hosts: { ds2: { [LOG]: [started('ds2'), REFUSED].join('\n') } },
      claims: [
        {
          message: 'refused',
          data: { host: 'ds2', reason: "advertisement interval mismatch mine=2 sec rcv'd=1 sec" },
          lines: [REFUSED],
          hosts: ['ds2'],
          severity: 'critical',
          proof: 'direct',
        },
      ],
    },
    {
      name: 'in the words of 1.3.5, with the file of one node',
      hosts: { ds2: { [CONF]: every('2', conf(backup)), [LOG]: [started('ds2', '1.3.5'), OLD].join('\n') } },
      claims: [{ message: 'refused', data: { host: 'ds2' }, lines: [OLD] }],
    },
  ],
  pass: [
    healthyPair,
    { name: '0.5 s is rounded to 1 s in version 2', hosts: pair(conf(), every('0.5', conf(backup))) },
    {
      name: 'version 3 takes over the interval of the master',
      hosts: pair(conf(v3), every('2', conf({ ...backup, ...v3 }))),
    },
    { name: 'nodes of different ids never compare it', hosts: pair(conf(), every('2', conf({ ...backup, vrid: 52 }))) },
    {
      name: 'the files agree, the log refuses: a stranger uses the id, which is another finding',
      hosts: pair(conf(), conf(backup), {}, inState('ds2', 'MASTER', REFUSED)),
    },
    {
      name: 'refused before, accepted since: it has been repaired',
      hosts: pair(
        conf(),
        conf(backup),
        {},
        {
          [LOG]: [
            started('ds2'),
            REFUSED,
            said('ds2', '(VI_1) Master received advert from 192.168.10.11 with higher priority 100, ours 90', 40),
            said('ds2', '(VI_1) Entering BACKUP STATE', 40),
          ].join('\n'),
        },
      ),
    },
  ],
  notApplicable: [strangers],
  undecided: [
    ...openPairs,
    {
      name: 'a BACKUP that refuses a stranger still hears its master',
      hosts: { ds2: { [CONF]: conf(backup), ...inState('ds2', 'BACKUP', REFUSED) } },
      reason: 'one-node',
    },
  ],
})

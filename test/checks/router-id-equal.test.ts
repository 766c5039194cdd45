import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'
import { backup, healthyPair, openPairs, pair, strangers } from './support/pairs.ts'

const named = (routerId: string) => ({ before: `global_defs {\n    router_id ${routerId}\n}` })
const second = (vrid: number) =>
  `vrrp_instance VI_2 {\n    interface eth0\n    virtual_router_id ${vrid}\n    virtual_ipaddress {\n        192.168.10.101\n    }\n}`

testCheck('router-id-equal', {
  fail: [
    {
      name: 'LVS_DEVEL on both',
      hosts: pair(conf(named('LVS_DEVEL')), conf({ ...backup, ...named('LVS_DEVEL') })),
      claims: [
        {
          message: 'same-name',
          data: { a: 'ds1', b: 'ds2', routerId: 'LVS_DEVEL' },
          lines: ['router_id LVS_DEVEL'],
          hosts: ['ds1', 'ds2'],
          severity: 'note',
        },
      ],
    },
    {
      name: 'told once, however many instances the nodes share',
      hosts: pair(
        `${conf(named('LVS_DEVEL'))}\n${second(52)}`,
        `${conf({ ...backup, ...named('LVS_DEVEL') })}\n${second(52)}`,
      ),
      claims: [{ message: 'same-name', data: {}, lines: ['router_id LVS_DEVEL'] }],
    },
  ],
  pass: [
    { name: 'one each', hosts: pair(conf(named('ds1')), conf({ ...backup, ...named('ds2') })) },
    { ...healthyPair, name: 'none: the host name is taken' },
  ],
  notApplicable: [strangers],
  undecided: openPairs,
})

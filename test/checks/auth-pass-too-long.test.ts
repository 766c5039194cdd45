import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const onDs1 = (text: string) => ({ ds1: { 'cat /etc/keepalived/keepalived.conf': text } })
/** As the collector and every report print it: masked, with its length in bytes. */
const NINE = '<secret-1/9>'

testCheck('auth-pass-too-long', {
  fail: [
    {
      name: 'nine bytes',
      hosts: onDs1(conf({ auth: NINE })),
      claims: [
        {
          message: 'cut',
          data: { host: 'ds1', instance: 'VI_1', length: 9 },
          lines: [`auth_pass ${NINE}`],
          severity: 'note',
        },
      ],
    },
  ],
  pass: [
    { name: 'eight bytes', hosts: onDs1(conf({ auth: '12345678' })) },
    { name: 'eight bytes, masked', hosts: onDs1(conf({ auth: '<secret-1/8>' })) },
    { name: 'four bytes', hosts: onDs1(conf({ auth: '1111' })) },
    { name: 'quotes are not part of it', hosts: onDs1(conf({ auth: '"12345678"' })) },
    { name: 'no authentication', hosts: onDs1(conf({ auth: null })) },
    {
      name: 'VRRPv3 sends none',
      hosts: onDs1(conf({ auth: '123456789', before: 'global_defs {\n    vrrp_version 3\n}' })),
    },
    {
      name: 'vrrp_strict sends none',
      hosts: onDs1(conf({ auth: '123456789', before: 'global_defs {\n    vrrp_strict\n}' })),
    },
  ],
  undecided: [
    { name: 'an included file was not seen', hosts: onDs1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})

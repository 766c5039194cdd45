import { testCheck } from '../check-tester.ts'
import { conf } from './support/cluster.ts'

const onDs1 = (text: string) => ({ ds1: { 'cat /etc/keepalived/keepalived.conf': text } })
const retrying = (text: string, word: string) =>
  text.replaceAll('            connect_timeout 2', `            connect_timeout 2\n            ${word} 3`)

testCheck('deprecated-check-keywords', {
  fail: [
    {
      name: 'TCP_CHECK never had nb_get_retry',
      hosts: onDs1(retrying(conf(), 'nb_get_retry')),
      claims: [
        {
          message: 'never-existed-there',
          data: { host: 'ds1', count: 2, where: 'TCP_CHECK' },
          lines: ['nb_get_retry 3'],
          severity: 'note',
        },
      ],
    },
    {
      name: 'HTTP_GET had it, and calls it retry now',
      hosts: onDs1(retrying(conf(), 'nb_get_retry').replaceAll('TCP_CHECK', 'HTTP_GET')),
      claims: [{ message: 'renamed', data: { count: 2 }, lines: ['nb_get_retry 3'], severity: 'note' }],
    },
    {
      name: 'persistence_timeout 0',
      hosts: onDs1(conf({ virtual: '    persistence_timeout 0' })),
      claims: [{ message: 'persistence-zero', data: { count: 1 }, lines: ['persistence_timeout 0'], severity: 'note' }],
    },
    {
      name: 'a keyword that was replaced',
      hosts: onDs1(conf({ instance: '    vmac_garp_intvl 30' })),
      claims: [
        {
          message: 'deprecated',
          data: { words: 'vmac_garp_intvl', instead: 'garp_extra_if' },
          lines: ['vmac_garp_intvl 30'],
          severity: 'note',
        },
      ],
    },
    {
      name: 'both at once',
      hosts: onDs1(retrying(conf({ virtual: '    persistence_timeout 0' }), 'nb_get_retry')),
      claims: [
        { message: 'never-existed-there', data: { count: 2 }, lines: ['nb_get_retry 3'] },
        { message: 'persistence-zero', data: { count: 1 }, lines: ['persistence_timeout 0'] },
      ],
    },
  ],
  pass: [
    { name: 'neither', hosts: onDs1(conf()) },
    { name: 'retry is the word of today', hosts: onDs1(retrying(conf(), 'retry')) },
    { name: 'persistence of 50 seconds', hosts: onDs1(conf({ virtual: '    persistence_timeout 50' })) },
    { name: 'in a comment', hosts: onDs1(retrying(conf(), '#nb_get_retry')) },
  ],
  undecided: [
    { name: 'an included file was not seen', hosts: onDs1(`include more.conf\n${conf()}`), reason: 'incomplete' },
  ],
})

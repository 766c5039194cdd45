/** Small configurations, each with one thing in it that people get wrong or that looks wrong and is not. */

const INSTANCE = `vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 51
    priority 100
    advert_int 1
    virtual_ipaddress {
        10.0.0.200
    }
}`

const instance = (...lines: string[]) => INSTANCE.replace('    advert_int 1', lines.join('\n'))

const server = (...lines: string[]) => `virtual_server 10.0.0.200 80 {
    lb_algo rr
    lb_kind DR
    real_server 10.0.0.21 80 {
        weight 1
        TCP_CHECK {
${lines.map((line) => `            ${line}`).join('\n')}
        }
    }
    real_server 10.0.0.22 80 {
        weight 2
    }
}`

export const SAMPLES: Readonly<Record<string, string>> = {
  healthy: INSTANCE,
  'a blank inside a keyword': INSTANCE.replace('virtual_ipaddress', 'virtual _ipaddress'),
  'a letter missing in a keyword': INSTANCE.replace('virtual_ipaddress', 'virtual_ipadress'),
  'a misspelt keyword without a block': instance('    advertint 1'),
  'a keyword in upper case': instance('    Advert_int 1'),
  'a keyword of another block': instance('    weight 3'),
  'lines after an unknown block': instance('    virtual_ip {', '        10.0.0.9', '    }', '    nopreempt'),
  'an unknown top-level block': `vrrp_instanze VI_2 {\n    state BACKUP\n}\n${INSTANCE}`,
  'a brace glued to its keyword': instance('    authentication{', '        auth_type PASS', '    }'),
  'a brace on the next line': INSTANCE.replace('virtual_ipaddress {', 'virtual_ipaddress\n    {'),
  'a block on one line': instance('    authentication { auth_type PASS }', '    track_interface { eth1 }'),
  'braces glued everywhere': instance('    authentication{auth_type PASS', '    auth_pass abc}'),
  'comments with ! and # in and behind words': instance(
    '    ! advertint 9',
    '    # foo {',
    '    advert_int 1!2 }',
    '    nopreempt#x',
  ),
  'a comment after a brace': INSTANCE.replace('virtual_ipaddress {', 'virtual_ipaddress { # } ! {'),
  'text of another alphabet behind a value': instance('    advert_int 1   #单位是秒 { }'),
  'text of another alphabet without a comment sign': instance('    advert_int 1   单位是秒'),
  'a quoted word with a brace and a comment sign': instance('    notify_master "/bin/x { # ! }"'),
  'an unmatched quote': instance('    notify_master "/bin/x', '    nopreempt'),
  'nb_get_retry in TCP_CHECK': server('connect_timeout 3', 'nb_get_retry 3', 'delay_before_retry 3'),
  'an unknown block deep inside': server('conect { ', '  x', '}', 'connect_timeout 3'),
  'an unknown checker': server('connect_timeout 3').replace('TCP_CHECK', 'TCP_CHEK'),
  'an unclosed instance before a server': `${instance('    authentication {')}\n${server('connect_timeout 3')}`,
  'an unclosed checker before an instance': `${server('connect_timeout 3', 'url {')}\n${INSTANCE}`,
  'a misspelt real_server': server('connect_timeout 3').replace('real_server', 'realserver'),
  'a missing closing brace': instance('    authentication {', '        auth_type PASS'),
  'a missing closing brace at the end': INSTANCE.slice(0, -1),
  'a closing brace too many inside': instance('    authentication {', '        auth_type PASS', '    }', '    }'),
  'a closing brace too many at the end': `${INSTANCE}\n}`,
  'an opening brace where none belongs': instance('    nopreempt {', '    }'),
  'a missing opening brace': INSTANCE.replace('virtual_ipaddress {', 'virtual_ipaddress'),
  'two keywords on a line': instance('    advert_int 1 nopreempt'),
  'a script and a group': `vrrp_script chk {\n    script "/bin/true"\n    interval 2\n    weight -20\n}\nvrrp_sync_group G {\n    group {\n        VI_1\n    }\n}\n${instance('    track_script {', '        chk weight 5', '    }')}`,
}

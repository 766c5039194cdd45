// A keepalived.conf of many services, as large clusters generate them: four real servers each, checked by TCP.

/** `count` virtual servers in one text, 39 lines each. */
export function services(count) {
  const lines = []
  for (let service = 0; service < count; service++) {
    lines.push(
      `virtual_server 10.${1 + (service >> 12)}.${(service >> 4) & 255}.${service & 15} 80 {`,
      '    delay_loop 6',
      '    lb_algo wrr',
      '    lb_kind DR',
      '    protocol TCP',
      '    persistence_timeout 50',
    )
    for (let server = 0; server < 4; server++) {
      lines.push(
        `    real_server 192.168.${service % 250}.${server + 10} 80 {`,
        '        weight 1',
        '        TCP_CHECK {',
        '            connect_timeout 3',
        '            retry 3',
        '            delay_before_retry 3',
        '        }',
        '    }',
      )
    }
    lines.push('}')
  }
  return `${lines.join('\n')}\n`
}

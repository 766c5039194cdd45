/** Keywords of virtual servers and their health checkers; keepalived.conf(5), releases 1.2 to 2.3. */
import { block } from './schema.ts'

const RETRY = 'retry delay_before_retry warmup delay_loop alpha log_all_failures'
const CONNECT = `${RETRY} connect_ip connect_port connect_timeout bindto bind_port bind_if fwmark`

/**
 * `nb_get_retry` belongs to HTTP_GET and SSL_GET, where releases since 1.3.7 want `retry`. TCP_CHECK never had it,
 * although half of the published examples write it there: not a typo, so not "unknown".
 */
const OLD_RETRY = { obsolete: 'nb_get_retry' } as const

const URL_BLOCK = block({
  words: `path digest status_code virtualhost regex regex_no_match regex_options regex_min_offset regex_max_offset
    regex_stack`,
})

const HTTP = block({
  words: `${CONNECT} virtualhost http_protocol enable_sni fast_recovery`,
  blocks: { url: URL_BLOCK },
  ...OLD_RETRY,
})

const CONNECT_ONLY = block({ words: CONNECT, ...OLD_RETRY })

const REAL_SERVER = block({
  words: `weight lvs_method uthreshold lthreshold inhibit_on_failure notify_up notify_down alpha retry
    delay_before_retry warmup connect_timeout delay_loop smtp_alert virtualhost snmp_name`,
  blocks: {
    HTTP_GET: HTTP,
    SSL_GET: HTTP,
    TCP_CHECK: CONNECT_ONLY,
    PING_CHECK: CONNECT_ONLY,
    UDP_CHECK: block({
      words: `${CONNECT} payload require_reply min_reply_length max_reply_length`,
      ...OLD_RETRY,
    }),
    DNS_CHECK: block({ words: `${CONNECT} type name`, ...OLD_RETRY }),
    SMTP_CHECK: block({
      words: `${CONNECT} helo_name`,
      blocks: { host: CONNECT_ONLY },
      ...OLD_RETRY,
    }),
    MISC_CHECK: block({ words: `${RETRY} misc_path misc_timeout misc_dynamic user`, ...OLD_RETRY }),
    FILE_CHECK: block({ words: 'track_file weight' }),
    BFD_CHECK: block({ words: 'name alpha' }),
  },
})

export const VIRTUAL_SERVER = block({
  words: `
    ip_family retry delay_before_retry warmup connect_timeout delay_loop inhibit_on_failure
    lb_algo lvs_sched hashed ops flag-1 flag-2 flag-3 sh-port sh-fallback mh-port mh-fallback
    lb_kind lvs_method nat_mask persistence_engine persistence_timeout persistence_granularity protocol
    ha_suspend smtp_alert virtualhost snmp_name alpha omega quorum quorum_up quorum_down hysteresis weight
    sorry_server sorry_server_inhibit sorry_server_lvs_method`,
  blocks: { real_server: REAL_SERVER },
})

export const SSL = block({ words: 'password ca certificate key' })

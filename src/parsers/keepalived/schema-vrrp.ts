/** Keywords of the VRRP side; keepalived.conf(5), releases 1.2 to 2.3. */
import { block } from './schema.ts'

const NOTIFY = 'notify notify_master notify_backup notify_fault notify_stop notify_priority_changes smtp_alert'
const TRACK = 'track_interface track_script track_file track_process track_bfd'

export const VRRP_INSTANCE = block({
  words: `
    ${NOTIFY} notify_deleted notify_master_rx_lower_pri
    state interface vrf virtual_router_id priority advert_int version native_ipv6 debug dont_track_primary
    nopreempt preempt preempt_delay accept no_accept strict_mode skip_check_adv_addr no_virtual_ipaddress
    use_vmac use_vmac_addr vmac_xmit_base use_ipvlan linkbeat_use_polling promote_secondaries
    mcast_src_ip mcast_dst_ip unicast_src_ip unicast_ttl unicast_fault_no_peer check_unicast_src track_src_ip
    old_unicast_checksum v3_checksum_as_v2 kernel_rx_buf_size lvs_sync_daemon_interface
    garp_master_delay garp_master_refresh garp_master_repeat garp_master_refresh_repeat garp_lower_prio_delay
    garp_lower_prio_repeat garp_extra_if vmac_garp_intvl down_timer_adverts lower_prio_no_advert
    higher_prio_send_advert owner_ignore_adverts thread_timer_expired timer_expired_backup`,
  lists: `${TRACK} unicast_peer virtual_ipaddress virtual_ipaddress_excluded virtual_routes virtual_rules`,
  blocks: {
    authentication: block({ words: 'auth_type auth_pass' }),
    auth_hmac: block({ words: 'active_key anti_replay key mode time_window' }),
  },
})

export const VRRP_SYNC_GROUP = block({
  words: `${NOTIFY} global_tracking sync_group_tracking_weight`,
  lists: `${TRACK} group`,
})

export const VRRP_SCRIPT = block({ words: 'script interval timeout weight rise fall user init_fail' })

export const TRACK_PROCESS = block({
  words: 'process param_match weight quorum quorum_max delay terminate_delay fork_delay full_command',
})

export const TRACK_FILE = block({ words: 'file weight init_file' })

export const BFD_INSTANCE = block({
  words: `source_ip neighbor_ip neighbour_ip min_rx min_tx idle_tx multiplier passive ttl hoplimit max_hops multihop
    weight vrrp checker`,
})

export const GARP_GROUP = block({ words: 'garp_interval gna_interval interface', lists: 'interfaces' })

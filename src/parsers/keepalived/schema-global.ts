/** Keywords of global_defs; keepalived.conf(5), releases 1.2 to 2.4. Rules as global_parser.c of 2.2 checks them. */
import { block } from './schema.ts'

const SECONDS = 'uint:0:4294'
const POSITIVE = 'uint:1:4294967295'
const COUNT = 'uint:0:4294967295'
const NICE = '+int:-20:19'
const REALTIME = '+int:1:99'
const SIZE = '+uint:0:4294967295'
const CPUS = '+ints:0:4095'
const PROCESS = 'text:15'

export const GLOBAL_DEFS = block({
  lists: 'notification_email=!',
  words: `
    router_id=+text notification_email_from=+text smtp_server=@smtp smtp_helo_name smtp_connect_timeout=uint:1:4294
    smtp_alert=bool smtp_alert_vrrp=bool smtp_alert_checker=bool no_email_faults no_checker_emails=bool plugin_dir
    process_names process_name=${PROCESS} vrrp_process_name=${PROCESS} checker_process_name=${PROCESS}
    lvs_process_name=${PROCESS} bfd_process_name=${PROCESS}
    startup_script=*+script startup_script_timeout=+uint:1:1000 shutdown_script=*+script
    shutdown_script_timeout=+uint:1:1000 script_user=+text enable_script_security
    max_auto_priority=?int:-1:99 min_auto_priority_delay=+int:1:10000000 dynamic_interfaces=?one:allow_if_changes
    default_interface=+text disable_local_igmp
    use_symlink_paths iproute_etc_dir iproute_usr_dir umask=@umask random_seed=${COUNT}
    lvs_timeouts=@lvs_timeouts lvs_flush lvs_flush_on_stop=?one:VS lvs_flush_onstop=?one:VS lvs_sync_daemon=*@syncd
    lvs_notify_fifo=*+text lvs_notify_fifo_script=*+script
    lvs_netlink_cmd_rcv_bufs=${SIZE} lvs_netlink_cmd_rcv_bufs_force=bool lvs_netlink_monitor_rcv_bufs=${SIZE}
    lvs_netlink_monitor_rcv_bufs_force=bool rs_init_notifies=bool
    checker_log_all_failures=bool checker_priority=${NICE} checker_no_swap checker_rt_priority=${REALTIME}
    checker_cpu_affinity=${CPUS} checker_rlimit_rttime=${POSITIVE} checker_rlimit_rtime=${POSITIVE}
    vrrp_mcast_group4=mcast4 vrrp_mcast_group6=mcast6 vrrp_garp_master_delay=${SECONDS}
    vrrp_garp_master_repeat=${POSITIVE} vrrp_garp_master_refresh=${COUNT} vrrp_garp_master_refresh_repeat=${POSITIVE}
    vrrp_garp_lower_prio_delay=${SECONDS} vrrp_garp_lower_prio_repeat=uint:0:2147483647
    vrrp_garp_interval=dec:0.000001:4294.967295 vrrp_gna_interval=dec:0.000001:4294.967295 vrrp_min_garp=bool
    vrrp_garp_extra_if=@garp_extra:1 vrrp_vmac_garp_intvl=@garp_extra:1:vrrp_garp_extra_if
    vrrp_lower_prio_no_advert=bool vrrp_higher_prio_send_advert=bool vrrp_down_timer_adverts=uint:1:100
    vrrp_version=int:2:3 vrrp_iptables vrrp_ipsets vrrp_check_unicast_src vrrp_skip_check_adv_addr vrrp_strict
    vrrp_priority=${NICE} vrrp_no_swap vrrp_rt_priority=${REALTIME} vrrp_cpu_affinity=${CPUS}
    vrrp_rlimit_rttime=${POSITIVE} vrrp_rlimit_rtime=${POSITIVE} vrrp_notify_fifo=*+text
    vrrp_notify_fifo_script=*+script vrrp_notify_priority_changes=bool vrrp_rx_bufs_policy=@rx_bufs
    vrrp_rx_bufs_multiplier=+only_uint:1:4294967295 vrrp_startup_delay=dec:0.001:4294.967295 vrrp_delay_after_boot
    vrrp_owner_ignore_adverts vrrp_netlink_cmd_rcv_bufs=${SIZE} vrrp_netlink_cmd_rcv_bufs_force=bool
    vrrp_netlink_monitor_rcv_bufs=${SIZE} vrrp_netlink_monitor_rcv_bufs_force=bool v3_checksum_as_v2 log_unknown_vrids
    vmac_prefix=*text vmac_addr_prefix=*text fifo_write_vrrp_states_on_reload notify_fifo=*+text
    notify_fifo_script=*+script
    nftables=*?text:255 nftables_priority=int:-2147483648:2147483647 nftables_ifindex nftables_counters
    nftables_ipvs=*?text:255 nftables_ipvs_priority=int:-2147483648:2147483647 nftables_ipvs_start_fwmark=${POSITIVE}
    bfd_priority=${NICE} bfd_no_swap bfd_rt_priority=${REALTIME} bfd_cpu_affinity=${CPUS}
    bfd_rlimit_rttime=${POSITIVE} bfd_rlimit_rtime=${POSITIVE}
    process_monitor_rcv_bufs=${SIZE} process_monitor_rcv_bufs_force=bool
    snmp_socket=*+only_text enable_traps enable_snmp_vrrp enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2
    enable_snmp_rfcv3 enable_snmp_checker snmp_rs_stats_update_interval snmp_vs_stats_update_interval
    enable_dbus dbus_service_name=+text dbus_no_interface_name json_version json_dump_file state_dump_file
    stats_dump_file reload_check_config reload_time_file=+only_text reload_repeat reload_file include_check=@include_check
    config_save_dir=text tmp_config_directory=*+text data_use_instance=bool`,
})

/** Keywords of global_defs; keepalived.conf(5), releases 1.2 to 2.3. */
import { block } from './schema.ts'

export const GLOBAL_DEFS = block({
  lists: 'notification_email',
  words: `
    router_id notification_email_from smtp_server smtp_helo_name smtp_connect_timeout smtp_alert smtp_alert_vrrp
    smtp_alert_checker no_email_faults no_checker_emails plugin_dir
    process_names process_name vrrp_process_name checker_process_name lvs_process_name bfd_process_name
    startup_script startup_script_timeout shutdown_script shutdown_script_timeout script_user enable_script_security
    max_auto_priority min_auto_priority_delay dynamic_interfaces default_interface disable_local_igmp
    use_symlink_paths iproute_etc_dir iproute_usr_dir umask random_seed
    lvs_timeouts lvs_flush lvs_flush_on_stop lvs_flush_onstop lvs_sync_daemon lvs_notify_fifo lvs_notify_fifo_script
    lvs_netlink_cmd_rcv_bufs lvs_netlink_cmd_rcv_bufs_force lvs_netlink_monitor_rcv_bufs
    lvs_netlink_monitor_rcv_bufs_force rs_init_notifies
    checker_log_all_failures checker_priority checker_no_swap checker_rt_priority checker_cpu_affinity
    checker_rlimit_rttime checker_rlimit_rtime
    vrrp_mcast_group4 vrrp_mcast_group6 vrrp_garp_master_delay vrrp_garp_master_repeat vrrp_garp_master_refresh
    vrrp_garp_master_refresh_repeat vrrp_garp_lower_prio_delay vrrp_garp_lower_prio_repeat vrrp_garp_interval
    vrrp_gna_interval vrrp_min_garp vrrp_garp_extra_if vrrp_vmac_garp_intvl vrrp_lower_prio_no_advert
    vrrp_higher_prio_send_advert vrrp_down_timer_adverts vrrp_version vrrp_iptables vrrp_ipsets vrrp_check_unicast_src
    vrrp_skip_check_adv_addr vrrp_strict vrrp_priority vrrp_no_swap vrrp_rt_priority vrrp_cpu_affinity
    vrrp_rlimit_rttime vrrp_rlimit_rtime vrrp_notify_fifo vrrp_notify_fifo_script vrrp_notify_priority_changes
    vrrp_rx_bufs_policy vrrp_rx_bufs_multiplier vrrp_startup_delay vrrp_delay_after_boot vrrp_owner_ignore_adverts
    vrrp_netlink_cmd_rcv_bufs vrrp_netlink_cmd_rcv_bufs_force vrrp_netlink_monitor_rcv_bufs
    vrrp_netlink_monitor_rcv_bufs_force v3_checksum_as_v2 log_unknown_vrids vmac_prefix vmac_addr_prefix
    fifo_write_vrrp_states_on_reload notify_fifo notify_fifo_script
    nftables nftables_priority nftables_ifindex nftables_counters nftables_ipvs nftables_ipvs_priority
    nftables_ipvs_start_fwmark
    bfd_priority bfd_no_swap bfd_rt_priority bfd_cpu_affinity bfd_rlimit_rttime bfd_rlimit_rtime
    process_monitor_rcv_bufs process_monitor_rcv_bufs_force
    snmp_socket enable_traps enable_snmp_vrrp enable_snmp_keepalived enable_snmp_rfc enable_snmp_rfcv2 enable_snmp_rfcv3
    enable_snmp_checker snmp_rs_stats_update_interval snmp_vs_stats_update_interval
    enable_dbus dbus_service_name dbus_no_interface_name json_version json_dump_file state_dump_file stats_dump_file
    reload_check_config reload_time_file reload_repeat reload_file include_check config_save_dir tmp_config_directory
    data_use_instance`,
})

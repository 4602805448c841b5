/** What differs between two Dovecot instances. */
export interface DovecotSettings {
  /** Folder of this instance; everything it writes is below. */
  readonly folder: string
  readonly user: string
  readonly group: string
  readonly imapPort: number
  readonly imapsPort: number
  readonly lmtpPort: number
  readonly certificateFile: string
  readonly keyFile: string
  /** Replaces the CAPABILITY answer. The hidden extensions still work; a client must not use them. */
  readonly capability: string | undefined
  /** Storage limit per user as Dovecot writes it: 1M, 1G. */
  readonly quota: string
  /** Where mailboxes of one's own are: `INBOX.` with `.`, `mail/` with `/`. Then there is none but INBOX at first. */
  readonly namespace: { readonly prefix: string; readonly separator: string } | undefined
}

/** The configuration of a rootless Dovecot 2.3: IMAP with STARTTLS, IMAP over TLS, LMTP; Maildir; no fsync. */
export function dovecotConfig(settings: DovecotSettings): string {
  const { folder, user, group } = settings
  const specialUse = ['Drafts', 'Sent', 'Trash', 'Junk', 'Archive']
    .map(name => `  mailbox ${name} {\n    special_use = \\${name}\n    auto = subscribe\n  }`)
    .join('\n')
  const namespaces =
    settings.namespace === undefined
      ? `namespace inbox {
  inbox = yes
  separator = /
${specialUse}
}`
      : `namespace inbox {
  inbox = yes
  prefix = ${settings.namespace.prefix}
  separator = ${settings.namespace.separator}
}
namespace public {
  type = public
  prefix = Public${settings.namespace.separator}
  separator = ${settings.namespace.separator}
  location = maildir:${folder}/public
  list = yes
}`
  return `base_dir = ${folder}/run
state_dir = ${folder}/state
instance_name = rig${settings.imapsPort}
# Rootless: every internal user is the one we already are, and nothing calls chroot.
default_internal_user = ${user}
default_internal_group = ${group}
default_login_user = ${user}
service anvil {
  chroot =
  unix_listener anvil-auth-penalty {
    mode = 0
  }
}
service stats {
  chroot =
}
log_path = ${folder}/dovecot.log
listen = 127.0.0.1
protocols = imap lmtp
hostname = rig.test
postmaster_address = postmaster@rig.test
verbose_proctitle = no
shutdown_clients = yes

ssl = yes
ssl_cert = <${settings.certificateFile}
ssl_key = <${settings.keyFile}
ssl_min_protocol = TLSv1.2
ssl_dh =

disable_plaintext_auth = yes
auth_mechanisms = plain login cram-md5 scram-sha-1 scram-sha-256
auth_username_format = %Lu
auth_failure_delay = 0
passdb {
  driver = passwd-file
  args = username_format=%u ${folder}/passwd
}
userdb {
  driver = passwd-file
  args = username_format=%u ${folder}/passwd
}

mail_uid = ${user}
mail_gid = ${group}
first_valid_uid = 1
mail_location = maildir:${folder}/mail/%u:UTF-8
mail_plugins = quota zlib
mail_fsync = never
mailbox_list_index = yes
mail_max_userip_connections = 200

${namespaces}
plugin {
  quota = count:User quota
  quota_vsizes = yes
  quota_rule = *:storage=${settings.quota}
}
recipient_delimiter = +
lmtp_save_to_detail_mailbox = no

protocol imap {
  mail_plugins = $mail_plugins imap_quota imap_zlib
  imap_idle_notify_interval = 30s
  imap_client_workarounds =
${settings.capability === undefined ? '' : `  imap_capability = ${settings.capability}\n`}}
service imap-login {
  chroot =
  process_min_avail = 1
  service_count = 0
  inet_listener imap {
    port = ${settings.imapPort}
  }
  inet_listener imaps {
    port = ${settings.imapsPort}
    ssl = yes
  }
}
service imap {
  process_limit = 256
}
service lmtp {
  chroot =
  user = ${user}
  inet_listener lmtp {
    address = 127.0.0.1
    port = ${settings.lmtpPort}
  }
}
service imap-urlauth-login {
  chroot =
}
service imap-urlauth {
  chroot =
}
`
}

/**
 * What is said to servers that let nobody in without a name: neither what the program is called nor its version, the
 * same for everyone. NetEase (163, 126, yeah.net) wants any name, after the login.
 */
export const neutralIdentity = ['name', 'imap', 'version', '1'] as const

/** Every cap on hostile input in one place, each with its reason. Sizes in bytes unless the name says otherwise. */
export const limits = {
  /** Largest message fetched at all: above what any common provider accepts (mailbox.org 100 MB). */
  messageBytes: 150_000_000,
  /** Largest literal imapflow may buffer: one message and its response. */
  imapLiteralBytes: 152_000_000,
  /** One IMAP response line without literals; a 100,000-UID SEARCH answer is about 700 kB. */
  imapResponseBytes: 16_000_000,
  /** Header block that is parsed; the rest is kept but not read. Real ones stay below 64 kB. */
  headerBytes: 256_000,
  /** MIME parts and nesting: far above real mail, far below what exhausts the stack. */
  mimeParts: 2_000,
  mimeDepth: 50,
  /** Text that is indexed and shown inline; longer texts are cut for display and said so. */
  textCharacters: 2_000_000,
  htmlCharacters: 5_000_000,
  /** Quoted into an answer or a forward; with what is written above it must fit into a draft (5,000,000). It says when it ends early. */
  quoteCharacters: 2_000_000,
  references: 100,
  /** More than `headerBytes` holds of real ones; the contract has the same (`peoplePerField`). */
  addressesPerField: 10_000,
  snippetCharacters: 200,
  attachmentNameCharacters: 150,
  /** Text and files beside a protected part: footers are short, and more is only named. */
  outsideCharacters: 20_000,
  outsideAttachments: 50,
  /** Layers of protection that are opened: signed, encrypted, signed again is the most that is made on purpose. */
  protectionLayers: 6,
  /** Detached signatures on attachments that are checked, and the size up to which. */
  signedAttachments: 10,
  signedAttachmentBytes: 50_000_000,
  /** A message in a message that is opened in place: what providers accept of a mail. Larger ones can be saved. */
  attachedMessageBytes: 50_000_000,
  /** Decrypted messages that are kept in memory for the reader; one may be as large as a message. */
  openedBytes: 64_000_000,
  /** From here on decrypting takes long enough to be said and to be stopped. */
  longDecryptBytes: 10_000_000,
  /** Mailboxes per account; more is a server gone wild. */
  mailboxes: 10_000,
  /** One answer of a DAV server, compressed or not: the listing of 200,000 objects. */
  davAnswerBytes: 64_000_000,
  /** One event, contact or to-do: pictures in cards are some megabytes at most. */
  davObjectBytes: 20_000_000,
  /** Autoconfig documents are about 2 kB. */
  autoconfigBytes: 256_000,
  /** One answer of a key look-up: a key with some hundred foreign certifications; servers that give more strip them. */
  keyLookupBytes: 1_000_000,
  /** Keys in a file that is imported: a whole keyring. */
  keyringBytes: 10_000_000,
  /** One Autocrypt header; larger ones are to be ignored (Autocrypt Level 1 §2.1). */
  autocryptBytes: 10_240,
  /** Gossip headers of one message: one a recipient, and nobody writes to more people than know each other. */
  gossipHeaders: 50,
  /** Attachments of one outgoing message, before base64. */
  outgoingBytes: 100_000_000,
  /** Files of a message that is sealed in a page: base64 twice makes 25 MB of them 46 MB, and a browser holds them whole. */
  lockedPageBytes: 25_000_000,
  /** One card of an address book with its picture; servers allow 1 to 10 MB, and real ones stay below 1. */
  cardBytes: 4_000_000,
  /** Lines of one card: a group of some thousand members. */
  cardLines: 20_000,
  /** A file of cards that is imported: a large address book with pictures. */
  cardFileBytes: 200_000_000,
  /** Rows of a table of contacts that is imported. */
  contactRows: 100_000,
  /** An iCalendar file that is imported: ten years of a busy person are about 20 MB. */
  calendarFileBytes: 200_000_000,
  /** A calendar that is published at an address, with what it holds at most: a university's year is 5 MB and some thousand events. */
  subscriptionBytes: 20_000_000,
  subscriptionObjects: 20_000,
  /** One calendar object. Servers take 1 to 10 MB; above it there are attachments that do not belong there, or a million EXDATEs. */
  calendarObjectBytes: 5_000_000,
  /** iCalendar files of one message that are looked at: an invitation comes as two at most, once to be read and once as a file. */
  calendarParts: 20,
  /** Pieces of one image that is cleaned: 100 MB of PNG in chunks of 8 kB are 12,500. */
  imagePieces: 100_000,
} as const

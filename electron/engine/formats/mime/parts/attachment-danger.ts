import type { AttachmentInfo } from '../../../../../shared/features/mail/model'
import { extensionOf } from './attachment-name'
import { kindOfContent } from './content-kind'

const words = (text: string): ReadonlySet<string> => new Set(text.split(/\s+/))

/** What Windows, macOS or Linux desktops run, install or mount when it is opened. */
const executable = words(
  'exe com scr pif bat cmd msi msp mst msc cpl dll ocx sys drv hta js jse mjs vbs vbe vb wsf wsh wsc ws sct ps1 ps1xml ps2 psm1 psd1 ' +
    'psc1 jar jnlp lnk url scf inf reg application appref-ms appx appxbundle msix msixbundle gadget chm hlp iso img vhd vhdx udf ' +
    'dmg pkg mpkg app command workflow terminal scpt applescript sh bash zsh csh ksh run bin deb rpm apk appimage flatpak flatpakref ' +
    'snap desktop py pyc pyw pyz rb pl php xll wll ade adp mde mda settingcontent-ms library-ms search-ms theme themepack ' +
    'website webloc fileloc inetloc rdp diagcab svg svgz htm html xhtml mht mhtml shtml xht one',
)
const macro = words(
  'docm dotm xlsm xltm xlam xlsb xla xlm pptm potm ppam ppsm sldm doc dot xls xlt ppt pot pps rtf slk iqy mdb accdb accde odm',
)
const archive = words('zip rar 7z tar gz tgz bz2 tbz2 xz txz zst lz lzma lzh arj ace cab z cpio zipx r00 001')
/** What a careless reader takes for a harmless document when it stands before the real extension. */
const harmless = words(
  'pdf doc docx xls xlsx ppt pptx odt ods odp txt rtf csv jpg jpeg png gif bmp webp tif tiff heic mp3 mp4 mov avi wav eml htm html',
)

/** Content types by extension, where a difference between the two is worth a warning. */
const family: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  jpg: 'image/',
  jpeg: 'image/',
  png: 'image/',
  gif: 'image/',
  webp: 'image/',
  bmp: 'image/',
  txt: 'text/',
  csv: 'text/',
  mp3: 'audio/',
  mp4: 'video/',
}
const runnableTypes =
  /^(application\/(x-ms(download|dos-program|i|installer)|x-dosexec|x-executable|x-sh|x-shellscript|java-archive|x-java-archive|hta|javascript|x-javascript|vnd\.microsoft\.portable-executable)|text\/(javascript|html|vbscript)|application\/xhtml\+xml)/

/**
 * Why opening an attachment needs a warning. `firstBytes` are the first decoded bytes (16 are enough; may be
 * empty). Signed and encrypted parts of mail itself are no danger.
 */
export function classifyDanger(
  fileName: string,
  contentType: string,
  firstBytes: Buffer,
): AttachmentInfo['danger'] {
  const extension = extensionOf(fileName).toLowerCase()
  if (executable.has(extension)) {
    const stem = fileName.slice(0, -extension.length - 1).trimEnd()
    return harmless.has(extensionOf(stem).toLowerCase()) ? 'double-extension' : 'executable'
  }
  const actual = kindOfContent(firstBytes)
  if (actual === 'program') return 'misleading-type'
  if (macro.has(extension)) return 'macro'
  if (archive.has(extension)) return 'archive'
  const expected = family[extension]
  if (expected !== undefined && runnableTypes.test(contentType)) return 'misleading-type'
  if (expected?.startsWith('image/') && actual !== 'unknown' && actual !== 'image') return 'misleading-type'
  if (extension === 'pdf' && actual !== 'unknown' && actual !== 'pdf') return 'misleading-type'
  return null
}

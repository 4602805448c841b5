const types: Readonly<Record<string, string>> = {
  ...{ jpg: 'image/jpeg', jpeg: 'image/jpeg', png: 'image/png', gif: 'image/gif', webp: 'image/webp' },
  ...{ mp3: 'audio/mpeg', m4a: 'audio/mp4', ogg: 'audio/ogg', opus: 'audio/ogg', wav: 'audio/wav' },
  ...{ mp4: 'video/mp4', webm: 'video/webm', pdf: 'application/pdf', txt: 'text/plain' },
}

/** Name and type of a file by its address, for its row before anything was fetched. `said`: the type where the name says none. */
export function describeFile(url: string, said = ''): { name: string; type: string } {
  const path = url.replace(/[?#].*$/s, '')
  const last = path.slice(path.lastIndexOf('/') + 1)
  let name = last
  try {
    name = decodeURIComponent(last)
  } catch {
    // As it stands.
  }
  // Nothing of a path, no marks that turn text round.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is taken away
  name = name.replace(/[\u0000-\u001f\u007f/\\\u202a-\u202e\u2066-\u2069]/g, '').slice(0, 200)
  const end = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? ''
  return {
    name: name === '' ? 'file' : name,
    type: types[end] ?? (said === '' ? 'application/octet-stream' : said),
  }
}

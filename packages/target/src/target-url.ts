// In: an address that a person typed. Out: a URL that can be polled, or an error in words.

/** Error of a target that is named wrongly, told before anything starts. */
export function targetUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || !['http:', 'https:'].includes(url.protocol)) {
    throw new TypeError(`target ${JSON.stringify(text)}: expected an http or https URL`);
  }
  return url;
}

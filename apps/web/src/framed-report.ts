/** Start of the fragment by which a click on a file in the framed report asks this page to save it. */
export const saveFragment = '#save=';

/**
 * The report as it is shown in a sandboxed frame of this page. A frame without an address of its own cannot follow the
 * links of a file in a folder: jumps within the report are given the frame's own address, files of the results folder are
 * asked for from this page, and other pages open in their own tab. Nothing else is changed.
 *
 * @param html - the report as it is saved
 * @param pageAddress - of this page, without a fragment
 */
export function framedReport(html: string, pageAddress: string): string {
  const report = new DOMParser().parseFromString(html, 'text/html');
  for (const link of report.querySelectorAll('a[href]')) redirect(link, pageAddress);
  return `<!DOCTYPE html>\n${report.documentElement.outerHTML}`;
}

function redirect(link: Element, pageAddress: string): void {
  const address = link.getAttribute('href') ?? '';
  if (address.startsWith('#')) {
    link.setAttribute('href', `about:srcdoc${address}`);
  } else if (/^https?:/.test(address)) {
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noopener noreferrer');
  } else {
    link.setAttribute('href', `${pageAddress}${saveFragment}${encodeURIComponent(address)}`);
    link.setAttribute('target', '_top');
  }
}

/** The file a fragment of this page's address asks for; null when it asks for none. */
export function fileToSave(fragment: string): string | null {
  return fragment.startsWith(saveFragment) ? decodeURIComponent(fragment.slice(saveFragment.length)) : null;
}

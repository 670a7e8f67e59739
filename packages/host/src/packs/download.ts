import { FormatError } from '@remnant/engine';

/**
 * Downloads one file of a pack. The only place in Remnant that touches the network, and only when a user asks for it
 * with `remnant resources add`.
 *
 * @throws FormatError when the source does not answer with a file
 */
export async function download(url: string): Promise<Uint8Array> {
  const answer = await request(url);
  const type = answer.headers.get('content-type') ?? '';
  if (!answer.ok || type.startsWith('text/html')) {
    throw unreachable(url, answer.ok ? 'a web page' : `status ${String(answer.status)} ${answer.statusText}`.trim());
  }
  return new Uint8Array(await answer.arrayBuffer());
}

async function request(url: string): Promise<Response> {
  try {
    return await fetch(url, { redirect: 'follow' });
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error);
    throw unreachable(url, cause);
  }
}

function unreachable(url: string, found: string): FormatError {
  return new FormatError(`The source did not give the file: ${url}`, {
    expected: 'a file',
    found,
    hint: 'Download it in a browser, then install it from its folder: remnant resources add NAME --from DIR.',
  });
}

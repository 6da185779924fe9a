/** A large file on its way to the server, with how much of it is there: what `fetch` cannot tell. */

/** @param onSent from 0 to 1, as often as the browser says. @throws TypeError where no answer comes, as `fetch` */
export function sendFile(url: string, file: Blob, onSent: (share: number) => void): Promise<Response> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", url);
    request.setRequestHeader("accept", "application/json");
    request.setRequestHeader("content-type", "application/octet-stream");
    request.upload.addEventListener("progress", ({ loaded, total }) => onSent(total === 0 ? 1 : loaded / total));
    request.addEventListener("load", () => resolve(new Response(request.responseText, { status: request.status })));
    request.addEventListener("error", () => reject(new TypeError("no answer")));
    request.send(file);
  });
}

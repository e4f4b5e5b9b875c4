// What a script puts on the server.

/** Puts an object where nothing is yet. */
export async function put(address: string, body: object): Promise<void> {
  const answer = await fetch(address, {
    method: "PUT",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${address}: ${await answer.text()}`);
}

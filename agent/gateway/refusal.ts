/** Why a request is not served. The message goes to the caller, so it never quotes what the caller sent. */
export class Refusal extends Error {
  override name = "Refusal";
  readonly status: 400 | 403 | 404 | 413 | 415;

  constructor(status: Refusal["status"], message: string) {
    super(message);
    this.status = status;
  }
}

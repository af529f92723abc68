/** A partner that has gone without a word is noticed within 45 s (reliability D13). */
export const heartbeat = { pingInterval: 25_000, pingTimeout: 20_000, connectTimeout: 10_000 };

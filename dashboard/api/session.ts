import { QueryCache, QueryClient, useQueryClient } from "@tanstack/react-query";
import type { Account } from "#schema/account";
import { CallError, mayRetry } from "./problem-error.ts";
import { keyOf, useEndpoint } from "./use-endpoint.ts";

const sessionKey = keyOf("readSession", {});

/** The page's cache. A reply that says the session is over empties it, which leads back to the sign-in page. */
export function createQueryClient(): QueryClient {
  const client: QueryClient = new QueryClient({
    queryCache: new QueryCache({
      onError: (error) => {
        if (error instanceof CallError && error.code === "not_signed_in") enterAs(client, null);
      },
    }),
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        retry: (count, error) => count < 2 && mayRetry(error),
      },
    },
  });
  return client;
}

/** Makes this the account of the page; everything read under another one is forgotten. */
function enterAs(client: QueryClient, account: Account | null): void {
  client.removeQueries({
    predicate: ({ queryKey }) => queryKey[0] !== "readSession" && queryKey[0] !== "readSite",
  });
  client.setQueryData(sessionKey, { account });
}

/** Who is signed in here. */
export function useSession() {
  const query = useEndpoint("readSession", {});
  return { ...query, account: query.data?.account ?? null };
}

/** Changes who is signed in, as the reply to a sign-in or sign-out said. */
export function useEnterAs() {
  const client = useQueryClient();
  return (account: Account | null) => enterAs(client, account);
}

import { type UseQueryResult, useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { call, type EndpointName, type Input, type Output } from "./call.ts";

/** The cache key of an endpoint's reply. */
export function keyOf<Name extends EndpointName>(name: Name, input: Input<Name>) {
  return [name, input] as const;
}

/** The reply of a reading endpoint, kept in the cache and shared by all who ask the same. */
export function useEndpoint<Name extends EndpointName>(
  name: Name,
  input: Input<Name>,
): UseQueryResult<Output<Name>> {
  return useQuery({
    queryKey: keyOf(name, input),
    queryFn: ({ signal }) => call(name, input, signal),
  });
}

/** An endpoint that changes something; the readings named in `refresh` are asked again after it. */
export function useAction<Name extends EndpointName>(
  name: Name,
  refresh: readonly EndpointName[] = [],
) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (input: Input<Name>) => call(name, input),
    onSuccess: async () => {
      await Promise.all(refresh.map((entry) => client.invalidateQueries({ queryKey: [entry] })));
    },
  });
}

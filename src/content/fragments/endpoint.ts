import { type KqlFragment, kql } from '../kql.ts';

/**
 * Adds `Endpoint` ("PUT /orders/{id}") to rows of ApiManagementGatewayLogs that hold Method, OperationId and Url.
 * OperationId is the operation's resource name: where it reads like an endpoint it is one, otherwise the method is put
 * before it. It is empty where no operation matched; the path then stands for it, without the query, whose values would
 * make every request an endpoint of its own.
 */
export const withEndpoint: KqlFragment = kql`
  | extend Endpoint = case(
      isempty(OperationId), strcat(Method, " ", extract(@"^[a-zA-Z]+://[^/?#]*([^?#]*)", 1, Url)),
      OperationId matches regex @"^[A-Z]+ /", OperationId,
      strcat(Method, " ", OperationId))`;

/** Adds `StatusClass` ("2XX"): baselines are kept per class, because a burst of 404 is unlike a burst of 200. */
export const withStatusClass: KqlFragment = kql`
  | extend StatusClass = strcat(tostring(ResponseCode / 100), "XX")`;

package dev.drillbook.proxy;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An answer of the API.
 *
 * @param contentType empty where there is no body
 */
record ApiAnswer(int status, String contentType, String body) {
  static ApiAnswer json(int status, JsonNode body) {
    return new ApiAnswer(status, "application/json", body.toString());
  }

  static ApiAnswer empty(int status) {
    return new ApiAnswer(status, "", "");
  }
}

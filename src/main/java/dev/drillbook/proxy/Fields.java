package dev.drillbook.proxy;

import com.fasterxml.jackson.databind.JsonNode;

/** The fields of a JSON object that somebody sent: absent or null means the default. */
record Fields(JsonNode node) {

  String text(String name, String otherwise) {
    JsonNode value = node.path(name);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isTextual()) {
      throw wrong(name, "a text", value);
    }
    return value.textValue();
  }

  boolean flag(String name, boolean otherwise) {
    JsonNode value = node.path(name);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isBoolean()) {
      throw wrong(name, "true or false", value);
    }
    return value.booleanValue();
  }

  long whole(String name, long otherwise) {
    JsonNode value = node.path(name);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw wrong(name, "a whole number", value);
    }
    return value.longValue();
  }

  float fraction(String name, float otherwise) {
    JsonNode value = node.path(name);
    if (isAbsent(value)) {
      return otherwise;
    }
    if (!value.isNumber()) {
      throw wrong(name, "a number", value);
    }
    return value.floatValue();
  }

  Fields object(String name) {
    JsonNode value = node.path(name);
    if (!isAbsent(value) && !value.isObject()) {
      throw wrong(name, "an object", value);
    }
    return new Fields(value);
  }

  private static boolean isAbsent(JsonNode value) {
    return value.isMissingNode() || value.isNull();
  }

  private static Refusal wrong(String name, String expected, JsonNode value) {
    return ApiJson.malformed(name + " must be " + expected + ", not " + value);
  }
}

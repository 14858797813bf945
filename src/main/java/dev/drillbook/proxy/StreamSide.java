package dev.drillbook.proxy;

import dev.drillbook.proxy.Refusal.Reason;
import java.util.Locale;

/** Which of a connection's two directions a toxic acts on. */
enum StreamSide {
  /** From the client to the server. */
  UPSTREAM,
  /** From the server to the client. */
  DOWNSTREAM;

  static StreamSide named(String name) {
    for (StreamSide side : values()) {
      if (side.toString().equalsIgnoreCase(name)) {
        return side;
      }
    }
    throw new Refusal(Reason.MALFORMED, "stream was invalid, can be either upstream or downstream");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
